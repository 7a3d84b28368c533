/// Arm, Thumb-2: a site is one instruction of two halfwords, in one aligned
/// word. Halfwords are little-endian, in big-endian programs, too (arm.cpp).
///
///   nop      f3af 8000             nop.w (Arm ARM for Armv7-A, A8.8.119 "NOP",
///                                  encoding T2)
///   jump     11110S imm10          b.w, +-16 MiB in halfwords, counted from
///            10J1 1 J2 imm11       the site + 4 (A8.8.18 "B", encoding T4);
///                                  S:I1:I2:imm10:imm11 with J = not(I xor S)
///
/// One aligned 4-byte store replaces one by the other. A3.5.4 "Concurrent
/// modification and execution of instructions" grants that for the 16-bit B and
/// NOP, and for one halfword of a BL or B.W. That both halfwords of an aligned
/// word are fetched at once is what processors do, not what it grants; Linux
/// stops the machine (arch/arm/kernel/patch.c). Caches and synchronisation as
/// in arm.cpp.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop_first = 0xf3af, nop_second = 0x8000;
constexpr uint32_t jump_first = 0xf000, jump_second = 0x9000;

constexpr Instruction halfwords(uint32_t first, uint32_t second) {
  return little_endian_word(first | second << 16);
}

constexpr Instruction jump(uint32_t distance) {
  const uint32_t imm11 = distance & 0x7ff;
  const uint32_t imm10 = distance >> 11 & 0x3ff;
  const uint32_t i2 = distance >> 21 & 1;
  const uint32_t i1 = distance >> 22 & 1;
  const uint32_t s = distance >> 23;
  const uint32_t j1 = (i1 ^ s) ^ 1;
  const uint32_t j2 = (i2 ^ s) ^ 1;
  return halfwords(jump_first | s << 10 | imm10,
                   jump_second | j1 << 13 | j2 << 11 | imm11);
}

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result =
      distance_field(target - (site + 4), 2, 24, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction = state == SiteState::nop ? halfwords(nop_first, nop_second)
                                        : jump(distance);
  return EncodeResult::ok;
}

} // namespace

const Architecture thumb2 = {"thumb2", site_bytes_of("thumb2"), encode,
                             whole_word};

} // namespace trace::arch
