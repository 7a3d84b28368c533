//===- Bounded.h - which loops a check may leave --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_HOIST_BOUNDED_H
#define TRACE_PLUGIN_HOIST_BOUNDED_H

#include <optional>
#include <string>

namespace llvm {
class Instruction;
class Loop;
class ScalarEvolution;
} // namespace llvm

namespace trace {

/// Whether no check leaves a loop in which \p I runs while everything is off.
bool keepsChecks(const llvm::Instruction &I);

/// Why the checks in \p L stay there; none if they may leave it. A check that
/// has left sees a toggle when the loop is entered again, so they may leave
/// only where that takes no longer than the loop's own arithmetic: with
/// everything off it calls nothing, waits for nobody, and is known to end.
std::optional<std::string> whyChecksStay(const llvm::Loop &L,
                                         llvm::ScalarEvolution &SE);

} // namespace trace

#endif
