//===- Unfinished.h - IR that the passes have not seen --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_UNFINISHED_H
#define TRACE_PLUGIN_ATTRIBUTE_UNFINISHED_H

#include "clang/Basic/SourceLocation.h"

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace trace {

/// A function for a translation unit whose IR is written out as the front end
/// makes it: unless the passes run on it later and take the function away,
/// compiling that IR is an error, and never a program without its trace points.
/// \p Where: of a trace point. Clang drops such an error if it has no place.
clang::FunctionDecl *makeUnfinished(clang::ASTContext &Context,
                                    clang::SourceLocation Where);

} // namespace trace

#endif
