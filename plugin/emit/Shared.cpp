//===- Shared.cpp - functions of which an image keeps one -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Shared.h"
#include "Members.h"
#include "Thunk.h"
#include "trace/layout.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace trace {

std::string hashOf(StringRef Shape, const Function &Like) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << TRACE_LAYOUT_VERSION << Shape;
  for (StringRef Name : targetAttributes())
    OS << ';' << Like.getFnAttribute(Name).getValueAsString();
  std::string Name;
  raw_string_ostream(Name) << format_hex_no_prefix(xxh3_64bits(Text), 16);
  return Name;
}

Function *declareShared(Module &M, FunctionType *Type, const Twine &Name,
                        const Function &Like) {
  auto *F = Function::Create(Type, GlobalValue::ExternalLinkage, Name, M);
  describeSlow(*F, Like);
  markShared(*F, nullptr);
  return F;
}

void share(Function &F, StringRef Group) {
  Module &M = *F.getParent();
  F.setLinkage(GlobalValue::LinkOnceODRLinkage);
  markShared(F, isELF(M) ? M.getOrInsertComdat(Group) : nullptr);
}

Function &sharedFunction(StringRef Prefix, FunctionType *Type,
                         const Function &Like,
                         function_ref<void(Function &)> Write) {
  Module &M = const_cast<Module &>(*Like.getParent());
  std::string Name = (Prefix + hashOf("", Like)).str();
  if (Function *Existing = M.getFunction(Name))
    return *Existing;
  Function *F = declareShared(M, Type, Name, Like);
  share(*F, Name);
  Write(*F);
  return *F;
}

} // namespace trace
