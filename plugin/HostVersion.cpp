//===- HostVersion.cpp - the compiler that loads us -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A plugin is bound to the LLVM that it was built with: another one has other
// classes under the same names. Where the loader does not notice, this does, as
// the first thing that runs here.
//
//===----------------------------------------------------------------------===//

#include "llvm/Config/llvm-config.h"
#include <cstdio>
#include <cstdlib>

// Since LLVM 16.
extern "C" __attribute__((weak)) void
LLVMGetVersion(unsigned *Major, unsigned *Minor, unsigned *Patch);

__attribute__((constructor(101))) static void checkHostVersion() {
  unsigned Major = 0;
  if (LLVMGetVersion)
    LLVMGetVersion(&Major, nullptr, nullptr);
  if (Major == LLVM_VERSION_MAJOR)
    return;
  if (!Major)
    std::fprintf(stderr,
                 "error: this trace plugin was built for LLVM %d, but the "
                 "compiler that loads it is LLVM 15 or older; load it into "
                 "clang %d\n",
                 LLVM_VERSION_MAJOR, LLVM_VERSION_MAJOR);
  else
    std::fprintf(stderr,
                 "error: this trace plugin was built for LLVM %d, but the "
                 "compiler that loads it is LLVM %u; load the one whose name "
                 "ends in -%u.so\n",
                 LLVM_VERSION_MAJOR, Major, Major);
  std::_Exit(1);
}
