//===- Signature.h - an event's declaration in Rust -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_RUST_SIGNATURE_H
#define TRACE_PLUGIN_RUST_SIGNATURE_H

#include "Event.h"
#include "clang/AST/Decl.h"

namespace trace {

struct RustParameter {
  std::string Name;
  std::string Type;         ///< As the caller gives it; empty: not at all.
  std::string ForeignType;  ///< As C takes it.
  std::string Argument;     ///< The C argument, made of Name.
  std::string RegisterType; ///< The C argument's, in a register.

  bool isFloat() const { return RegisterType.front() == 'f'; }
};

/// \p Name as an identifier of Rust: a keyword is r#keyword, or keyword_ where
/// Rust has no other spelling.
std::string rustIdentifier(llvm::StringRef Name);

/// The enumeration that Rust's enum for a parameter of type \p T stands for.
/// None where Rust has none: then the parameter is the integer. A Rust enum has
/// at least one value and no other than those that are named, so it is none
/// without enumerators, and none of flags.
const clang::EnumDecl *rustEnumeration(clang::QualType T);

/// The name of \p E, or of the typedef that names it; empty without either.
std::string rustName(const clang::EnumDecl &E);

/// An integer type of Rust, such as u32.
std::string rustInteger(uint64_t Bytes, bool Signed);

/// The parameter that the event's field \p F records: a buffer is a slice, and
/// its length the slice's. Nothing if its type has no counterpart.
std::optional<RustParameter> rustParameter(const clang::ParmVarDecl &P,
                                           const Event &E, const Field &F);

/// The documentation comment of \p D, a line each; indentation that Markdown
/// would take for code is gone, and what is fenced is not Rust.
std::vector<std::string> documentation(const clang::Decl &D);

} // namespace trace

#endif
