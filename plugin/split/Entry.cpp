//===- Entry.cpp - the site at a traced function's entry ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Entry.h"
#include "Check.h"
#include "collect/Collect.h"
#include "emit/Parts.h"
#include "emit/Thunk.h"
#include "emit/Usdt.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace trace {

using Parameters = SmallVector<Value *, 8>;

/// `this` is the first argument that is not the place of the return value
/// (Itanium C++ ABI, 3.1.3.1).
static Value *thisOf(Function &F) {
  for (Argument &A : F.args())
    if (!A.hasStructRetAttr())
      return &A;
  return nullptr;
}

/// The value of \p Each at the entry; null if clang has put it nowhere.
static Value *valueOf(IRBuilder<> &B, Function &F, const Field &Each,
                      const Parameters &Places) {
  if (Each.Implicit)
    return thisOf(F);
  if (Each.Argument >= Places.size())
    return nullptr;
  return B.CreateLoad(fieldType(Each, *F.getParent()), Places[Each.Argument],
                      Each.Name);
}

static SmallVector<Value *, 8> valuesOf(IRBuilder<> &B, Function &F,
                                        const Event &E,
                                        const Parameters &Places) {
  SmallVector<Value *, 8> Values;
  for (const Field &Each : E.Fields) {
    Value *V = valueOf(B, F, Each, Places);
    Type *Expected = fieldType(Each, *F.getParent());
    if (!V || V->getType() != Expected) {
      F.getContext().diagnose(DiagnosticInfoUnsupported(
          F, "trace point: parameter '" + Each.Name +
                 "' can't be found at the function's entry"));
      V = Constant::getNullValue(Expected);
    }
    Values.push_back(V);
  }
  return Values;
}

void insertEntrySite(Function &F, const Event &E, const Parts &P, bool Probe) {
  Instruction *At = nullptr;
  Parameters Places = takeParameters(F, At);
  if (!At)
    At = &*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  BasicBlock *Head = At->getParent();
  BasicBlock *Rest = Head->splitBasicBlock(At->getIterator(), "trace.off");
  auto *Slow = BasicBlock::Create(F.getContext(), "trace.on", &F, Rest);
  Head->getTerminator()->eraseFromParent();

  IRBuilder<> B(Head);
  if (DISubprogram *SP = F.getSubprogram())
    B.SetCurrentDebugLocation(
        DILocation::get(F.getContext(), SP->getScopeLine(), 0, SP));
  if (Probe)
    emitUsdt(B, E, valuesOf(B, F, E, Places));
  CallInst *Check = createCheck(B, P.Key, Place{E.File, E.Line}, E.Immediate);
  markGuard(*B.CreateCondBr(Check, Slow, Rest));
  B.SetInsertPoint(Slow);
  callThunk(B, *P.Thunk, valuesOf(B, F, E, Places));
  B.CreateBr(Rest);
}

} // namespace trace
