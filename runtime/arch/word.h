/// Parts of instruction words, for the encoders.
#ifndef TRACE_RUNTIME_ARCH_WORD_H
#define TRACE_RUNTIME_ARCH_WORD_H

#include "arch.h"

namespace trace::arch {

/// `distance` in units of `unit_bytes`, as the lowest `bits` bits of a two's
/// complement number, if it is whole and fits.
constexpr EncodeResult distance_field(uint64_t distance, unsigned unit_bytes,
                                      unsigned bits, uint32_t &field) {
  const auto bytes = static_cast<int64_t>(distance);
  if (bytes % static_cast<int64_t>(unit_bytes) != 0)
    return EncodeResult::misaligned;
  const int64_t units = bytes / static_cast<int64_t>(unit_bytes);
  const int64_t limit = int64_t{1} << (bits - 1);
  if (units < -limit || units >= limit)
    return EncodeResult::out_of_range;
  field = static_cast<uint32_t>(units & (2 * limit - 1));
  return EncodeResult::ok;
}

/// The lowest `count` bytes of `value`, the least significant one first.
constexpr void put_little_endian(uint8_t *bytes, uint64_t value, size_t count) {
  for (size_t i = 0; i < count; ++i)
    bytes[i] = static_cast<uint8_t>(value >> (8 * i));
}

constexpr void put_big_endian(uint8_t *bytes, uint64_t value, size_t count) {
  for (size_t i = 0; i < count; ++i)
    bytes[count - 1 - i] = static_cast<uint8_t>(value >> (8 * i));
}

constexpr Instruction little_endian_word(uint32_t word) {
  Instruction instruction = {};
  put_little_endian(instruction.bytes, word, 4);
  return instruction;
}

constexpr Instruction big_endian_word(uint32_t word) {
  Instruction instruction = {};
  put_big_endian(instruction.bytes, word, 4);
  return instruction;
}

/// A 4-byte instruction that is replaced by one store.
inline constexpr Step whole_word[] = {{0, 4, nullptr}};

} // namespace trace::arch

#endif
