//===- Pipeline.h - where the passes stand --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_PIPELINE_H
#define TRACE_PLUGIN_PIPELINE_H

#include "Options.h"
#include "Reporter.h"

namespace llvm {
class PassBuilder;
}

namespace trace {

/// Puts split, hoist and lower at their extension points. The only place that
/// names these.
void registerPasses(llvm::PassBuilder &PB, const Reporter &R,
                    const Options &Opts);

} // namespace trace

#endif
