//===- Marks.h - attributes of parameters, members and enumerations -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_MARKS_H
#define TRACE_PLUGIN_ATTRIBUTE_MARKS_H

#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include <optional>

namespace trace {

/// An attribute and its argument, which may be empty.
struct Mark {
  const clang::AnnotateAttr *Attribute = nullptr;
  llvm::StringRef Argument;
};

/// [[trace::bytes("length")]].
std::optional<Mark> bytesMark(const clang::Decl &D);

/// [[trace::flags]] or [[trace::flags("enumeration")]].
std::optional<Mark> flagsMark(const clang::Decl &D);

/// Whether a value of \p E is a set of its enumerators, by our attribute or by
/// clang::flag_enum.
bool isFlags(const clang::EnumDecl &E);

/// The enumeration that [[trace::flags("Name")]] on \p D means; null if none is
/// declared around it.
const clang::EnumDecl *namedEnumeration(const clang::Decl &D,
                                        llvm::StringRef Name);

} // namespace trace

#endif
