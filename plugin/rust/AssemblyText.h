//===- AssemblyText.h - the compiler's assembly, made for reuse -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_RUST_ASSEMBLYTEXT_H
#define TRACE_PLUGIN_RUST_ASSEMBLYTEXT_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace trace {

/// \p Text, a whole file of assembly by LLVM, as a part of another one that may
/// contain it several times: only the first defines anything, by the symbol
/// \p Guard which \p Text defines. Its local labels are its own, and nothing in
/// it speaks of the file.
std::string repeatable(llvm::StringRef Text, llvm::StringRef Guard);

} // namespace trace

#endif
