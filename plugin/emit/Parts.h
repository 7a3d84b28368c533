//===- Parts.h - the parts of an event ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_PARTS_H
#define TRACE_PLUGIN_EMIT_PARTS_H

#include "Event.h"
#include "Options.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

namespace llvm {
class Comdat;
class Function;
class FunctionType;
class GlobalVariable;
class Module;
class Type;
} // namespace llvm

namespace trace {

/// Everything of an event but its sites. All lie in one COMDAT group, so that
/// each translation unit that has a site carries them and an image keeps one.
struct Parts {
  llvm::GlobalVariable *Key = nullptr;
  llvm::GlobalVariable *Descriptor = nullptr;
  /// Records. void(values...); of an event whose values are in the places of
  /// its parameters, of the event's own type. Null if these have none.
  llvm::Function *Thunk = nullptr;
  llvm::Comdat *Group = nullptr;
  bool TakesProbes = false; ///< Of its parameters' types.
  bool Internal = false;    ///< Nobody else's: of this object file alone.
};

/// One name for the variants of a constructor or destructor (Itanium C++ ABI,
/// 5.1.4.3: C1, C2, D0, D1, D2), which are one function in the source.
std::string sourceSymbol(llvm::StringRef Symbol);

/// The types of the values that \p F is recorded from.
llvm::SmallVector<llvm::Type *, 2> valueTypes(const Field &F, llvm::Module &M);

/// Makes the parts of events on demand.
class PartsMaker {
public:
  PartsMaker(llvm::Module &M, Usdt Probes) : M(M), Probes(Probes) {}

  /// Takes the body that \p Declared, a placed event, has for its parameters.
  const Parts &of(const Event &E, llvm::Function &Declared);

  /// Defines \p Declared, a trace event, for calls through its address and
  /// those that were not lowered: load the key, then record. It is no site.
  /// Defined strongly, so that a body elsewhere is a duplicate symbol for the
  /// linker.
  void define(llvm::Function &Declared, const Event &E, const Parts &P);

private:
  llvm::Module &M;
  Usdt Probes;
  llvm::StringMap<Parts> ByIdentity;
};

} // namespace trace

#endif
