//===- Arguments.h - the arguments of events, in the source ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_ARGUMENTS_H
#define TRACE_PLUGIN_ATTRIBUTE_ARGUMENTS_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"

namespace trace {

/// Where each argument of each call of an event stands; found by the raw
/// encoding of the call's location, which clang puts into the IR (`!srcloc`).
using ArgumentPlaces =
    llvm::DenseMap<uint64_t, llvm::SmallVector<clang::SourceLocation, 4>>;

/// Warns of each argument of \p Call that has a side effect by its form: an
/// assignment, an increment. (What a called function does is not known here;
/// the split pass looks into it.)
void warnOfSideEffects(const clang::CallExpr &Call,
                       const clang::FunctionDecl &Event,
                       clang::ASTContext &Context);

/// Reports that \p Argument of \p Event at \p Where is evaluated while off.
void reportSideEffect(clang::DiagnosticsEngine &Diags,
                      clang::SourceLocation Where, unsigned Argument,
                      llvm::StringRef Event);

} // namespace trace

#endif
