//===- Signature.h - the event that a declaration describes ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_SIGNATURE_H
#define TRACE_PLUGIN_ATTRIBUTE_SIGNATURE_H

#include "Event.h"
#include "FormatCheck.h"
#include "clang/AST/Decl.h"

namespace trace {

/// The field that records \p P, which its event's format converts by \p C;
/// nothing if a value of its type can't be recorded. \p Traced: the parameter
/// of a function with a body, which a caller may well hand a buffer that is not
/// yet a string; so there only `const char *` is text without a format.
std::optional<Field> fieldOf(const clang::ParmVarDecl &P, Conversion C,
                             bool Traced);

/// The field `this` of a member function.
Field thisField(const clang::FunctionDecl &F);

/// Types that fieldOf() takes, for a message.
inline constexpr llvm::StringLiteral RecordableTypes =
    "integers of up to 64 bits, bool, enumerations, float, double and pointers";
/// Those that Linux records: the kernel has no floating point.
inline constexpr llvm::StringLiteral KernelTypes =
    "integers of up to 64 bits, bool, enumerations and pointers";

} // namespace trace

#endif
