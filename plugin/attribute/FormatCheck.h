//===- FormatCheck.h - a format against the parameters --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_FORMATCHECK_H
#define TRACE_PLUGIN_ATTRIBUTE_FORMATCHECK_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace trace {

/// What a format does with a parameter.
enum class Conversion {
  None,    ///< It does not name it.
  Number,  ///< %d, %x, %f ...
  Address, ///< %p
  Text,    ///< %s
};

/// A parameter in the place where a format uses it.
struct FormatUse {
  unsigned Parameter = 0;
  Conversion As = Conversion::None;
};

struct CheckedFormat {
  llvm::SmallVector<Conversion, 8> Conversions; ///< Of each parameter.
  llvm::SmallVector<FormatUse, 8> Uses;         ///< In the format's order.
};

/// What \p Format, a printf format, does with the parameters of \p F, by
/// Clang's own parser and its own idea of which types match. If it does not
/// fit, an error at \p Where says why, and the result is empty. \p Kernel:
/// Linux's printk is to print it.
std::optional<CheckedFormat> checkFormat(const clang::FunctionDecl &F,
                                         llvm::StringRef Format,
                                         clang::SourceLocation Where,
                                         bool Kernel);

} // namespace trace

#endif
