//===- RingCode.h - code that works on a thread's ring --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_RINGCODE_H
#define TRACE_PLUGIN_EMIT_RINGCODE_H

#include "Compat.h"
#include "Payload.h"
#include "trace/recording.h"
#include "trace/targets.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"

namespace trace {

/// The numbers of trace_ring's members, which are all words.
namespace ring {
enum : unsigned {
#define MEMBER(Type, Name) Name,
  TRACE_RING(MEMBER)
#undef MEMBER
};
} // namespace ring

/// Writes a function's body.
class RingCode {
protected:
  RingCode(llvm::Function &F, const RecordTarget &Target)
      : F(F), Target(Target),
        B(llvm::BasicBlock::Create(F.getContext(), "entry", &F)),
        Word(B.getInt64Ty()) {}

  llvm::BasicBlock *block(const llvm::Twine &Name) {
    return llvm::BasicBlock::Create(F.getContext(), Name, &F);
  }
  llvm::ConstantInt *word(uint64_t N) { return B.getInt64(N); }

  /// Goes on in a new block if \p Condition, which is likely.
  void require(llvm::Value *Condition, llvm::BasicBlock *Otherwise,
               const llvm::Twine &Name) {
    llvm::BasicBlock *Next = block(Name);
    B.CreateCondBr(Condition, Next, Otherwise,
                   llvm::MDBuilder(F.getContext()).createLikelyBranchWeights());
    B.SetInsertPoint(Next);
  }

  /// Goes on if the event is wanted for a ring alone. Returns trace_key.wanted.
  llvm::Value *requireRing(llvm::Value *Descriptor,
                           llvm::BasicBlock *Otherwise) {
    llvm::Value *Wanted =
        load(wantedOf(B, Descriptor), B.getInt32Ty(), "wanted");
    llvm::Value *Who = B.CreateAnd(Wanted, TRACE_WANTED_MASK);
    require(B.CreateICmpEQ(Who, B.getInt32(TRACE_WANTED_RECORD)), Otherwise,
            "ring");
    return Wanted;
  }

  /// A load and store that the compiler leaves where they are: signal handlers
  /// and the library change the ring, too.
  llvm::Value *load(llvm::Value *From, llvm::Type *T, const llvm::Twine &Name) {
    llvm::LoadInst *L = B.CreateLoad(T, From, Name);
    L->setAtomic(llvm::AtomicOrdering::Monotonic);
    return L;
  }
  void store(llvm::Value *V, llvm::Value *To, llvm::AtomicOrdering Order) {
    B.CreateAlignedStore(V, To, llvm::Align(8))->setAtomic(Order);
  }
  llvm::Value *memberOfRing(unsigned Index) {
    return B.CreateConstInBoundsGEP1_64(Word, Ring, Index);
  }
  llvm::Value *loadRing(unsigned Index, const llvm::Twine &Name) {
    return load(memberOfRing(Index), Word, Name);
  }

  llvm::Value *loadRingOfThread() {
    return B.CreateLoad(B.getPtrTy(), threadAddress("ring_offset"), "ring");
  }
  /// The address of a variable of the thread, whose offset from the thread
  /// pointer is in the image's record: initial-exec's own sequence.
  llvm::Value *threadAddress(llvm::StringRef Member) {
    llvm::Value *Offset = B.CreateSExt(loadImage(B, Member), Word);
    if (Target.thread_space)
      return B.CreateIntToPtr(
          Offset, llvm::PointerType::get(F.getContext(), Target.thread_space));
    return B.CreateInBoundsGEP(B.getInt8Ty(), createThreadPointer(B), Offset);
  }

  llvm::Function &F;
  const RecordTarget &Target;
  llvm::IRBuilder<> B;
  llvm::Type *Word;
  llvm::Value *Ring = nullptr;
};

} // namespace trace

#endif
