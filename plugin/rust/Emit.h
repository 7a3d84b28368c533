//===- Emit.h - -fplugin-arg-trace-emit-rust=FILE -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_RUST_EMIT_H
#define TRACE_PLUGIN_RUST_EMIT_H

#include "Options.h"
#include "clang/AST/Decl.h"

namespace clang {
class CompilerInstance;
}

namespace trace {

/// Writes to emit-rust=FILE a Rust module for those of \p Points that are
/// events, to which giveMeaning() has attached their meanings. An event that
/// Rust can't call is an error at its place.
void emitRust(clang::CompilerInstance &CI,
              llvm::ArrayRef<clang::FunctionDecl *> Points,
              const Options &Opts);

} // namespace trace

#endif
