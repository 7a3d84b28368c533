//===- cost.h - What a site costs, from its code ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_COST_H
#define TRACE_TOOL_COST_H

#include "elf_image.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>

namespace llvm {
class MCAsmInfo;
class MCContext;
class MCDisassembler;
class MCInstrAnalysis;
class MCInstrInfo;
class MCRegisterInfo;
class MCSubtargetInfo;
} // namespace llvm

namespace trace {

struct SiteCost {
  unsigned HotBytes = 0; ///< The site, and the padding before it.
  unsigned HotInstructions = 0;
  /// Only reached through the site. Of a function that is copied for its
  /// traced runs (NAME.trace), with the copy.
  unsigned SlowBytes = 0;
  unsigned SlowInstructions = 0;
  unsigned EntryBytes = 0; ///< In __jump_table.
  bool InLoop = false;     ///< The fast path may come back to the site.
  /// The event's own function on the way to what records; 0: not found.
  unsigned ThunkBytes = 0;
};

/// Disassembles the functions of one file and follows their control flow.
class CostModel {
public:
  /// Fails if LLVM has no disassembler for the file's architecture here.
  static llvm::Expected<std::unique_ptr<CostModel>>
  create(const llvm::object::ObjectFile &Object, const ElfImage &Image);
  ~CostModel();

  /// Of the site at \p Code whose other side is \p Target.
  SiteCost of(uint64_t Code, uint64_t Target);

private:
  struct Instruction {
    unsigned Bytes = 0;
    bool Padding = false;
    llvm::SmallVector<uint64_t, 2> Next; ///< Where control goes, in the file.
    uint64_t Called = 0;                 ///< 0: nothing, or not known.
  };
  using Flow = llvm::DenseMap<uint64_t, Instruction>;

  explicit CostModel(const ElfImage &Image);
  llvm::Error initialize(const llvm::object::ObjectFile &Object);

  Instruction decode(uint64_t Address) const;
  /// Adds what control reaches from \p First and \p Known does not have.
  void follow(uint64_t First, const Flow *Known, Flow &Reached) const;
  const Flow &hotPath(const Function &F);
  static bool returnsTo(const Flow &Reached, uint64_t Address);

  const ElfImage &Image;
  llvm::DenseMap<uint64_t, Flow> HotPaths; ///< By the function's address.
  std::unique_ptr<llvm::MCRegisterInfo> Registers;
  std::unique_ptr<llvm::MCAsmInfo> Assembly;
  std::unique_ptr<llvm::MCSubtargetInfo> Subtarget;
  std::unique_ptr<llvm::MCInstrInfo> Instructions;
  std::unique_ptr<llvm::MCInstrAnalysis> Analysis;
  std::unique_ptr<llvm::MCContext> Context;
  std::unique_ptr<llvm::MCDisassembler> Disassembler;
};

} // namespace trace

#endif
