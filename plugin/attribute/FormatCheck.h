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

/// The conversion of each parameter of \p F in \p Format, a printf format, by
/// Clang's own parser and its own idea of which types match. If it does not
/// fit, an error at \p Where says why, and the result is empty.
std::optional<llvm::SmallVector<Conversion, 8>>
checkFormat(const clang::FunctionDecl &F, llvm::StringRef Format,
            clang::SourceLocation Where);

} // namespace trace

#endif
