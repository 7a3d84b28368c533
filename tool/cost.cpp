//===- cost.cpp - What a site costs, from its code ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cost.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"

using namespace llvm;
using namespace llvm::object;

// TRACE_DISASSEMBLERS is X(NAME) for each of LLVM's that CMake has found.
#define X(Name)                                                                \
  extern "C" void LLVMInitialize##Name##TargetInfo();                          \
  extern "C" void LLVMInitialize##Name##TargetMC();                            \
  extern "C" void LLVMInitialize##Name##Disassembler();
TRACE_DISASSEMBLERS
#undef X

namespace trace {

static void initializeTargets() {
#define X(Name)                                                                \
  LLVMInitialize##Name##TargetInfo();                                          \
  LLVMInitialize##Name##TargetMC();                                            \
  LLVMInitialize##Name##Disassembler();
  TRACE_DISASSEMBLERS
#undef X
}

/// What LLVM 22 makes from a Triple, older ones make from its text.
template <typename Make> static auto fromTriple(const Triple &T, Make make) {
  if constexpr (requires { make(T); })
    return make(T);
  else
    return make(StringRef(T.str()));
}

CostModel::CostModel(const ElfImage &Image) : Image(Image) {}
CostModel::~CostModel() = default;

Expected<std::unique_ptr<CostModel>> CostModel::create(const ObjectFile &Object,
                                                       const ElfImage &Image) {
  initializeTargets();
  std::unique_ptr<CostModel> Model(new CostModel(Image));
  if (Error E = Model->initialize(Object))
    return E;
  return Model;
}

Error CostModel::initialize(const ObjectFile &Object) {
  Triple T = Object.makeTriple();
  std::string Why;
  const Target *Found = TargetRegistry::lookupTarget("", T, Why);
  if (!Found)
    return failure("no disassembler for " + T.getArchName() +
                   " here, which --cost needs");
  Expected<SubtargetFeatures> Features = Object.getFeatures();
  if (!Features)
    return Features.takeError();
  // What the file does not say: all that disassembles as something.
  if (T.isAArch64())
    Features->AddFeature("all");
  Registers.reset(fromTriple(
      T, [&](const auto &Name) -> decltype(Found->createMCRegInfo(Name)) {
        return Found->createMCRegInfo(Name);
      }));
  Assembly.reset(fromTriple(
      T,
      [&](const auto &Name) -> decltype(Found->createMCAsmInfo(
                                *Registers, Name, MCTargetOptions())) {
        return Found->createMCAsmInfo(*Registers, Name, MCTargetOptions());
      }));
  Subtarget.reset(fromTriple(
      T,
      [&](const auto &Name) -> decltype(Found->createMCSubtargetInfo(
                                Name, "", Features->getString())) {
        return Found->createMCSubtargetInfo(Name, "", Features->getString());
      }));
  Instructions.reset(Found->createMCInstrInfo());
  Analysis.reset(Found->createMCInstrAnalysis(Instructions.get()));
  Context = std::make_unique<MCContext>(T, Assembly.get(), Registers.get(),
                                        Subtarget.get());
  Disassembler.reset(Found->createMCDisassembler(*Subtarget, *Context));
  if (!Analysis || !Disassembler)
    return failure("no analysis of instructions for " + T.getArchName() +
                   " here, which --cost needs");
  return Error::success();
}

CostModel::Instruction CostModel::decode(uint64_t Address) const {
  Instruction Result;
  const Range *Code = Image.codeAt(Address);
  if (!Code)
    return Result;
  StringRef Bytes = Code->Bytes.substr(Address - Code->Address);
  MCInst I;
  uint64_t Size = 0;
  if (Disassembler->getInstruction(I, Size, arrayRefFromStringRef(Bytes),
                                   Address, nulls()) != MCDisassembler::Success)
    return Result;
  Result.Bytes = Size;
  Result.Padding = Size == 1 && Instructions->getName(I.getOpcode()) == "NOOP";

  uint64_t To = 0;
  bool IsKnown = Analysis->evaluateBranch(I, Address, Size, To);
  // In an object, the branch to elsewhere that a relocation will complete.
  if (Image.Relocatable && To == Address + Size)
    IsKnown = false;
  if (Analysis->isCall(I)) {
    Result.Called = IsKnown ? To : 0;
    if (!Analysis->isBranch(I) && !Analysis->isTerminator(I))
      Result.Next.push_back(Address + Size);
    return Result;
  }
  if (Analysis->isBranch(I) && IsKnown)
    Result.Next.push_back(To);
  bool Ends = Analysis->isReturn(I) || Analysis->isUnconditionalBranch(I) ||
              Analysis->isIndirectBranch(I) ||
              Instructions->get(I.getOpcode()).isBarrier();
  if (!Ends)
    Result.Next.push_back(Address + Size);
  return Result;
}

void CostModel::follow(uint64_t First, const Flow *Known, Flow &Reached) const {
  const Function *F = Image.functionAt(First);
  SmallVector<uint64_t, 16> Work = {First};
  while (!Work.empty()) {
    uint64_t Address = Work.pop_back_val();
    // Of another function only the copy for traced runs counts.
    const Function *In = Image.functionAt(Address);
    bool Counts =
        In == F || (Known && In && StringRef(In->Name).ends_with(".trace"));
    if (!Counts || Reached.count(Address) || (Known && Known->count(Address)))
      continue;
    Instruction I = decode(Address);
    if (I.Bytes == 0)
      continue;
    append_range(Work, I.Next);
    Reached[Address] = std::move(I);
  }
}

const CostModel::Flow &CostModel::hotPath(const Function &F) {
  auto [Entry, New] = HotPaths.try_emplace(F.Address);
  if (New)
    follow(F.Address, nullptr, Entry->second);
  return Entry->second;
}

bool CostModel::returnsTo(const Flow &Reached, uint64_t Address) {
  DenseMap<uint64_t, bool> Seen;
  SmallVector<uint64_t, 16> Work;
  auto First = Reached.find(Address);
  if (First != Reached.end())
    append_range(Work, First->second.Next);
  while (!Work.empty()) {
    uint64_t At = Work.pop_back_val();
    if (At == Address)
      return true;
    auto I = Reached.find(At);
    if (I != Reached.end() && Seen.try_emplace(At, true).second)
      append_range(Work, I->second.Next);
  }
  return false;
}

SiteCost CostModel::of(uint64_t Code, uint64_t Target) {
  SiteCost Cost;
  Cost.EntryBytes = 8 + Image.AddressBytes; // trace_jump_entry
  Cost.HotBytes = decode(Code).Bytes;
  Cost.HotInstructions = 1;

  const Function *F = Image.functionAt(Code);
  static const Flow Nothing;
  const Flow &Hot = F ? hotPath(*F) : Nothing;
  auto Before = Hot.find(Code - 1);
  if (Before != Hot.end() && Before->second.Padding) {
    ++Cost.HotBytes;
    ++Cost.HotInstructions;
  }
  Cost.InLoop = returnsTo(Hot, Code);

  Flow Slow;
  follow(Target, &Hot, Slow);
  for (const auto &[Address, I] : Slow) {
    Cost.SlowBytes += I.Bytes;
    ++Cost.SlowInstructions;
    const Function *Called = I.Called ? Image.functionAt(I.Called) : nullptr;
    if (Called && StringRef(Called->Name).starts_with("__trace_emit_"))
      Cost.ThunkBytes = Called->Size;
  }
  return Cost;
}

} // namespace trace
