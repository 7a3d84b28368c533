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

/// The events without which \p Condition is not true: it is trace_enabled() of
/// them, or an `&&` with that.
llvm::SmallVector<const clang::FunctionDecl *, 2>
eventsTested(const clang::Expr &Condition);

/// The function whose address \p Argument is, whatever it is cast to; null:
/// none.
const clang::FunctionDecl *functionNamed(const clang::Expr &Argument);

/// The arguments of the calls of events, and those of them that a warning has
/// named as having side effects.
class EventArguments {
public:
  EventArguments(clang::DiagnosticsEngine &Diags, bool Warn)
      : Diags(Diags), Warn(Warn) {}

  /// Notes where the arguments of \p Call stand, and warns of each that has a
  /// side effect by its form: an assignment, an increment. (What a called
  /// function does is not known here; the split pass looks into it.) A call
  /// that is \p Guarded runs only while the event is on: nobody is warned.
  void note(const clang::CallExpr &Call, const clang::FunctionDecl &Event,
            bool Guarded, clang::ASTContext &Context);

  /// Warns, once, that \p Argument is evaluated while the event is off. The
  /// call is found by the raw encoding of its location, which clang puts into
  /// the IR (`!srcloc`).
  void warn(uint64_t Call, unsigned Argument, llvm::StringRef Event);

private:
  struct Place {
    clang::SourceLocation Where;
    bool Warned = false; ///< Or there is nothing to warn of.
  };

  clang::DiagnosticsEngine &Diags;
  bool Warn;
  llvm::DenseMap<uint64_t, llvm::SmallVector<Place, 4>> Calls;
};

} // namespace trace

#endif
