//===- relocation.h - The tables of a relocatable object --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RELOCATION_H
#define TRACE_TOOL_RELOCATION_H

#include "elf_image.h"
#include <map>

namespace trace {

/// The address chosen for each section of a relocatable object, by index.
/// Empty for a linked file, whose symbols have addresses.
using SectionAddresses = std::map<uint64_t, uint64_t>;

/// Lays the sections out one after the other.
SectionAddresses layOut(const llvm::object::ELFObjectFileBase &Object);

/// Finds the tables by their sections' names and relocates them.
llvm::Error readRelocatable(const llvm::object::ELFObjectFileBase &Object,
                            const SectionAddresses &Addresses, ElfImage &Image);

/// Reads the functions of all symbol tables.
llvm::Error readFunctions(const llvm::object::ELFObjectFileBase &Object,
                          const SectionAddresses &Addresses, ElfImage &Image);

} // namespace trace

#endif
