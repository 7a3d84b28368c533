//===- Usdt.h - an event as a USDT probe ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_USDT_H
#define TRACE_PLUGIN_EMIT_USDT_H

#include "Event.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// Arguments of a probe that tools take: libbpf's BPF_USDT_MAX_ARG_CNT.
inline constexpr unsigned UsdtArgumentsMax = 12;

/// Puts at \p B a nop and the .note.stapsdt that describes it, which gdb, perf
/// and bpftrace read: `system:name`, and where each of \p Values is, the
/// event's fields. The note's form is that of <sys/sdt.h>
/// (sourceware.org/systemtap/wiki/UserSpaceProbeImplementation). Does nothing
/// where there is no ELF or the target table has no row.
void emitUsdt(llvm::IRBuilder<> &B, const Event &E,
              llvm::ArrayRef<llvm::Value *> Values);

/// `_.stapsdt.base`, to which all notes of an image refer.
llvm::GlobalVariable *usdtBase(llvm::Module &M);

} // namespace trace

#endif
