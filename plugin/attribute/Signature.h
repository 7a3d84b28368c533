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

/// The fields that record a parameter: one, or one for each member of a struct.
struct RecordedParameter {
  std::vector<Field> Fields;
  /// Why there are none, behind the type in a message.
  std::string Why;
  /// The values are in the parameter's place, and not what is passed.
  bool Placed = false;
};

/// The fields that record \p P, which its event's format converts by \p C. \p
/// Traced: the parameter of a function with a body, which a caller may well
/// hand a buffer that is not yet a string; so there only `const char *` is text
/// without a format, and only const elements are read.
RecordedParameter recordParameter(const clang::ParmVarDecl &P, Conversion C,
                                  bool Traced);

/// The field `this` of a member function.
Field thisField(const clang::FunctionDecl &F);

/// How a format may show \p P, besides what printf makes of its type.
struct ShownParameter {
  bool AsText = false;     ///< By %s, as without a format.
  clang::QualType Element; ///< What is shown of each of its elements.
};
ShownParameter shownParameter(const clang::ParmVarDecl &P);

/// Types that recordParameter() takes, for a message.
inline constexpr llvm::StringLiteral RecordableTypes =
    "integers of up to 64 bits, bool, enumerations, float, double, pointers, "
    "arrays, std::string, std::string_view, std::span and structs of these";
/// Those that Linux records: the kernel has no floating point.
inline constexpr llvm::StringLiteral KernelTypes =
    "integers of up to 64 bits, bool, enumerations, pointers and arrays";

} // namespace trace

#endif
