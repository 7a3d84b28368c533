//===- Entry.h - the site at a traced function's entry --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_SPLIT_ENTRY_H
#define TRACE_PLUGIN_SPLIT_ENTRY_H

#include "Event.h"

namespace llvm {
class Function;
} // namespace llvm

namespace trace {

struct Parts;

/// Puts a site at the entry of \p F, which has a body, that records its
/// parameters. Nothing else of \p F changes.
/// With \p Probe, a USDT probe stands before the site.
void insertEntrySite(llvm::Function &F, const Event &E, const Parts &P,
                     bool Probe);

} // namespace trace

#endif
