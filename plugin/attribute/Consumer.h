//===- Consumer.h - the end of a translation unit -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_CONSUMER_H
#define TRACE_PLUGIN_ATTRIBUTE_CONSUMER_H

#include "Arguments.h"
#include "Declarations.h"
#include "Options.h"
#include "clang/Sema/SemaConsumer.h"
#include <memory>

namespace clang {
class CompilerInstance;
}

namespace trace {

/// Gives each declared trace point its meaning once the whole translation unit
/// is known, before code is generated from what is still deferred.
class Consumer : public clang::SemaConsumer {
public:
  Consumer(clang::CompilerInstance &CI, Options Opts,
           std::shared_ptr<EventArguments> Arguments)
      : CI(CI), Opts(std::move(Opts)), Arguments(std::move(Arguments)) {}

  void InitializeSema(clang::Sema &S) override { TheSema = &S; }
  void ForgetSema() override { TheSema = nullptr; }
  bool HandleTopLevelDecl(clang::DeclGroupRef) override;
  void HandleCXXImplicitFunctionInstantiation(clang::FunctionDecl *F) override;
  void HandleTranslationUnit(clang::ASTContext &Context) override;

private:
  bool hasLocalEvents(const clang::ASTContext &Context);
  void completeTypes(const clang::FunctionDecl &F);
  /// To the points that the translation unit declares; returns the last
  /// declaration of each.
  DeclarationSet giveMeanings(clang::ASTContext &Context);

  clang::CompilerInstance &CI;
  Options Opts;
  std::shared_ptr<EventArguments> Arguments;
  clang::Sema *TheSema = nullptr;
  DeclarationSet Instantiated;
  bool LocalEvents = false; // there is one that only this file may define
  size_t LookedAt = 0;      // declarations, for that
};

} // namespace trace

#endif
