//===- Report.h - what each site costs ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_REPORT_H
#define TRACE_PLUGIN_LOWER_REPORT_H

#include "Target.h"
#include "llvm/Analysis/OptimizationRemarkEmitter.h"
#include "llvm/IR/PassManager.h"
#include <map>
#include <optional>
#include <string>

namespace llvm {
class CallBrInst;
class CallInst;
} // namespace llvm

namespace trace {

/// The remarks of -Rpass=trace, which say what a site costs, and of
/// -Rpass-missed=trace, which say what makes it cost more and what to do.
/// Bytes are exact for the fast path only; `tracepoint list --cost` has both.
class SiteReport {
public:
  /// Looks at the checks of \p F as they are before they are lowered; does
  /// nothing unless somebody asks for remarks.
  SiteReport(llvm::Function &F, llvm::ArrayRef<llvm::CallInst *> Checks,
             llvm::FunctionAnalysisManager &Analyses);

  /// Reports \p Site, which \p Check has become.
  void emit(const llvm::CallInst *Check, const llvm::CallBrInst &Site,
            const Target &T);

private:
  struct AboutCheck {
    std::string Event;
    std::string Loop;                    ///< What became of it and its loop.
    std::optional<std::string> WhyStays; ///< In the loop.
    unsigned Evaluated = 0;              ///< Arguments, while off.
  };

  llvm::OptimizationRemarkEmitter Remarks;
  std::map<const llvm::CallInst *, AboutCheck> Known;
};

} // namespace trace

#endif
