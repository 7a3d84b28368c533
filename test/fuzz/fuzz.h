// What libFuzzer calls for each input. Also called by the unit tests, without
// libFuzzer, on the inputs in corpus/.
#ifndef FUZZ_H
#define FUZZ_H

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size);

#endif
