//===- Members.h - the structs of layout.h as IR --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// layout.h lists each struct's members once, as X(type, name). Here such a list
// becomes IR types and constants, so that byte order and widths are the
// target's and the order of members is nobody's second copy.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_MEMBERS_H
#define TRACE_PLUGIN_EMIT_MEMBERS_H

#include "trace/layout.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/GlobalObject.h"
#include <type_traits>

namespace trace {

template <typename T> llvm::Type *memberType(llvm::LLVMContext &C) {
  if constexpr (std::is_pointer_v<T>)
    return llvm::PointerType::get(C, 0);
  else if constexpr (std::is_array_v<T>)
    return llvm::ArrayType::get(llvm::Type::getInt8Ty(C), sizeof(T));
  else
    return llvm::Type::getIntNTy(C, sizeof(T) * 8);
}

/// The constants of one struct, member by member.
class MemberValues {
public:
  explicit MemberValues(llvm::LLVMContext &C) : C(C) {}

  template <typename T> void add(llvm::StringRef Name, const T &Value) {
    if constexpr (std::is_array_v<T>)
      Members[Name] = llvm::ConstantDataArray::getString(
          C, llvm::StringRef(Value, sizeof(T)), /*AddNull=*/false);
    else
      Members[Name] = llvm::ConstantInt::get(
          memberType<T>(C), static_cast<uint64_t>(Value), std::is_signed_v<T>);
  }

  /// Puts an address in place of the number that add() put there.
  void set(llvm::StringRef Name, llvm::Constant *Value) {
    Members[Name] = Value;
  }

  llvm::Constant *packed() const {
    llvm::SmallVector<llvm::Constant *, 16> Values;
    for (const auto &Member : Members)
      Values.push_back(Member.second);
    return llvm::ConstantStruct::getAnon(C, Values, /*Packed=*/true);
  }

private:
  llvm::LLVMContext &C;
  llvm::MapVector<llvm::StringRef, llvm::Constant *> Members;
};

/// Whether the object file has sections and groups as layout.h supposes.
bool isELF(const llvm::Module &M);

/// One copy in each linked image, whoever emits it: hidden, in \p Group if
/// there are groups. Also nothing that a sanitizer or profiler instruments.
void markShared(llvm::GlobalObject &G, llvm::Comdat *Group);

/// As markShared, for what only its own object file sees.
void markOwn(llvm::GlobalObject &G);

} // namespace trace

#endif
