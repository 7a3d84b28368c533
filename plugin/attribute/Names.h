//===- Names.h - system and event names of a declaration ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_NAMES_H
#define TRACE_PLUGIN_ATTRIBUTE_NAMES_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace trace {

/// [A-Za-z_][A-Za-z0-9_]*: what system names are made of, so that they are
/// names in Rust, CTF and a shell's pattern as well.
bool isIdentifier(llvm::StringRef Name);

/// \p Text with every run of other characters than an identifier's made '_'.
std::string asIdentifier(llvm::StringRef Text);

/// Whether \p F has an event's name and return type: void trace_...
bool isNamedAsEvent(const clang::FunctionDecl &F);

/// The function's name without a leading trace_. Constructors are named after
/// their class, operators operator_call and so on, a lambda's operator lambda.
std::string eventName(const clang::FunctionDecl &F);

/// By the attribute, else the namespaces, else \p Default, else the base name
/// of the file that declares \p F.
std::string systemName(const clang::FunctionDecl &F, llvm::StringRef Default);

} // namespace trace

#endif
