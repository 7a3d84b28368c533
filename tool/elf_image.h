//===- elf_image.h - Where an ELF file keeps its trace points ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ELF_IMAGE_H
#define TRACE_TOOL_ELF_IMAGE_H

#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace trace {

/// Consecutive bytes, and the address of the first.
struct Range {
  uint64_t Address = 0;
  llvm::StringRef Bytes;

  bool contains(uint64_t A) const {
    return A >= Address && A - Address < Bytes.size();
  }
};

struct Function {
  uint64_t Address = 0;
  uint64_t Size = 0;
  std::string Name; // as in the symbol table
};

/// What `tracepoint` reads of an ELF file. The ranges point into the file or
/// into Relocated; both must outlive them.
struct ElfImage {
  bool LittleEndian = true;
  uint8_t AddressBytes = 8;
  bool Relocatable = false;
  /// The layout version of its trace points; none: it has none.
  std::optional<uint32_t> Version;
  /// It contains the run-time library.
  bool HasRuntime = false;

  std::vector<Range> Events, JumpTables, Sites, Code;
  std::vector<Function> Functions; // by ascending address

  /// The tables of a relocatable object, which has its sections at addresses
  /// of our own choice.
  std::deque<std::string> Relocated;

  /// The code that contains the address; null: none does.
  const Range *codeAt(uint64_t Address) const;
  const Function *functionAt(uint64_t Address) const;
};

/// Fails if the file is damaged, or if its layout has another version.
llvm::Expected<ElfImage>
readElfImage(const llvm::object::ELFObjectFileBase &Object);

/// Calls `Visit` with the object as what it is: 32 or 64 bits, either byte
/// order.
template <class Visitor>
auto visitElf(const llvm::object::ELFObjectFileBase &Object, Visitor Visit) {
  using namespace llvm::object;
  if (auto *O = llvm::dyn_cast<ELF64LEObjectFile>(&Object))
    return Visit(O->getELFFile());
  if (auto *O = llvm::dyn_cast<ELF32LEObjectFile>(&Object))
    return Visit(O->getELFFile());
  if (auto *O = llvm::dyn_cast<ELF64BEObjectFile>(&Object))
    return Visit(O->getELFFile());
  return Visit(llvm::cast<ELF32BEObjectFile>(Object).getELFFile());
}

/// An error of that text.
llvm::Error failure(const llvm::Twine &Text);

/// Fails unless `Version` is the one of layout.h.
llvm::Error checkLayoutVersion(uint32_t Version);

} // namespace trace

#endif
