//===- Check.h - a static branch between split and lower ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_SPLIT_CHECK_H
#define TRACE_PLUGIN_SPLIT_CHECK_H

#include "Reporter.h"
#include "collect/Collect.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// The function attribute of a static branch, `i1 f(ptr key, i1 branch)`, by
/// which lower knows its calls. Its value is "nop" or "jump".
inline constexpr llvm::StringLiteral BranchAttribute = "trace-branch";
/// The metadata of such a call: its file and line.
inline constexpr llvm::StringLiteral PlaceMetadata = "trace.place";

/// Attributes of the call of an event's check. It stays in its loop, and why:
/// "immediate" for [[trace::immediate]], "copy" in the copy of a loop that runs
/// while something is traced.
inline constexpr llvm::StringLiteral StaysAttribute = "trace-stays";
/// It was made for the checks that left a loop, and stands before it.
inline constexpr llvm::StringLiteral LeftAttribute = "trace-left-loop";

/// Attribute of the check's function: there are calls whose value is not the
/// condition of a branch alone, of trace_enabled().
inline constexpr llvm::StringLiteral ValuesAttribute = "trace-values";

/// How many of the event's arguments are evaluated while it is off.
inline constexpr llvm::StringLiteral EvaluatedAttribute = "trace-evaluated";
/// The metadata of an event's key: `system:name`.
inline constexpr llvm::StringLiteral EventMetadata = "trace.event";

/// The branch that stands for an event's site, and its name.
inline constexpr llvm::StringLiteral CheckName = "__trace_check";
llvm::Function *checkFunction(llvm::Module &M);

/// Whether \p I calls a static branch; and whether that is an event's.
bool isCheck(const llvm::Instruction &I);
bool isPointCheck(const llvm::Instruction &I);

/// Where control goes from \p Terminator while the event is off, if it branches
/// on an event's check; else null.
llvm::BasicBlock *sideWhileOff(const llvm::Instruction &Terminator);

/// Makes \p F, a declaration, a static branch of \p Form.
void markBranch(llvm::Function &F, BranchForm Form);

/// Properties of each call of a static branch: it stays where it is, and every
/// copy is a site of its own.
void markCheck(llvm::CallInst &Check, std::optional<Place> Where);

llvm::CallInst *createCheck(llvm::IRBuilder<> &B, llvm::Value *Key,
                            std::optional<Place> Where, bool Immediate = false);

/// Whether \p Key is enabled, by a load of it: for code that is no site.
llvm::Value *createLoadedCheck(llvm::IRBuilder<> &B, llvm::Value *Key);

/// Properties of the branch on a check before a slow path.
void markGuard(llvm::BranchInst &Guard);

/// The place that markCheck put there.
std::optional<Place> placeOf(const llvm::CallInst &Check);

} // namespace trace

#endif
