//===- Registers.h - arguments stay in their registers --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_REGISTERS_H
#define TRACE_PLUGIN_LOWER_REGISTERS_H

#include "Target.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

namespace llvm {
class BasicBlock;
class CallBrInst;
class Function;
class Value;
} // namespace llvm

namespace trace {

/// Tells LLVM again, behind the sites at a function's entry, in which registers
/// its arguments are. LLVM's TwoAddressInstructionPass, which chooses between
/// `add` and `lea` and which operand an instruction overwrites, knows that in
/// the block of the entry only (SrcRegMap); a site ends that block, and a move
/// of a register would remain on the fast path. So behind the site stands, for
/// each argument used there,
///
///     %a.in = call i64 asm "", "={rdi},0"(i64 %a)
///
/// which is no code: the argument is in that register.
class ArgumentRegisters {
public:
  ArgumentRegisters(llvm::Function &F, const Target &T);

  /// To be called for each site of the function, in order, once it is made.
  void keepBehind(llvm::CallBrInst &Site);

private:
  struct InRegister {
    llvm::Value *Now; ///< The argument, or what it was last renamed to.
    std::string_view Register;
  };
  /// The block up to whose end nothing has claimed a register.
  llvm::BasicBlock *Block;
  /// What runs before that: the blocks with the sites, and their slow paths.
  llvm::SmallPtrSet<const llvm::BasicBlock *, 8> Before;
  llvm::SmallVector<InRegister, 6> Arguments;
};

} // namespace trace

#endif
