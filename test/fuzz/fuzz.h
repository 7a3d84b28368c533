// Reading an input with every reader. The unit tests do it, without libFuzzer,
// with those in corpus/.
#ifndef FUZZ_H
#define FUZZ_H

#include "llvm/ADT/StringRef.h"
#include <cstddef>
#include <cstdint>

/// How many records there were.
uint64_t recordsIn(llvm::StringRef Input);

/// What libFuzzer calls for each input.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size);

#endif
