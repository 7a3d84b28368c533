//===- Target.cpp - the facts of each architecture ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Target.h"

using namespace llvm;

namespace trace {

static constexpr TargetFacts Table[] = {
    {
        Triple::x86_64,
        // The patcher changes a site's first two bytes with one store, which is
        // atomic within an aligned 8-byte word on every vendor's processor
        // (AMD64 APM vol. 2, 7.3.2): never let them straddle two.
        /*Align=*/".p2align 3,,1",
        // Linux's nop5, nopl 0(%rax,%rax,1) (arch/x86/include/asm/nops.h).
        /*Nop=*/".byte 0x0f,0x1f,0x44,0x00,0x00",
        // Always the 5-byte form: jmp rel32.
        /*Jump=*/".byte 0xe9; .long $L - . - 4",
        /*Pointer=*/".quad",
        /*PointerBytes=*/8,
        /*SlowCall=*/CallingConv::PreserveMost,
    },
};

const TargetFacts *factsOf(const Triple &T) {
  if (!T.isOSBinFormatELF() || T.isX32())
    return nullptr;
  for (const TargetFacts &Facts : Table)
    if (Facts.Arch == T.getArch())
      return &Facts;
  return nullptr;
}

} // namespace trace
