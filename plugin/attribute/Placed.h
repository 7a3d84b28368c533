//===- Placed.h - a body for an event's parameters ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_PLACED_H
#define TRACE_PLUGIN_ATTRIBUTE_PLACED_H

#include "clang/AST/Decl.h"

namespace clang {
class ASTConsumer;
} // namespace clang

namespace trace {

/// How a class is passed differs from machine to machine, and clang knows it.
/// So an event that takes one gets an empty body: what clang makes of that puts
/// each parameter in a place of its own, from which the passes record it.
/// Those of \p Points that are used get one, which \p CodeGen compiles.
void givePlaces(llvm::ArrayRef<clang::FunctionDecl *> Points,
                clang::ASTConsumer &CodeGen);

/// Whether \p F has a body of that kind alone.
bool hasPlaces(const clang::FunctionDecl &F);

} // namespace trace

#endif
