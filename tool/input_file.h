//===- input_file.h - The events of a file on disk --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_INPUT_FILE_H
#define TRACE_TOOL_INPUT_FILE_H

#include "event.h"

namespace trace {

/// The events of an ELF file, or of all members of an archive, sorted.
/// An error begins with the file's name.
llvm::Expected<std::vector<Event>> readInputFile(llvm::StringRef Path,
                                                 bool WithCost = false);

} // namespace trace

#endif
