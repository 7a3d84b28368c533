/// What i386 and x86-64 share: the jump, and the order of writes.
///
///   byte      0   1   2   3   4
///   jump     e9  d0  d1  d2  d3    jmp rel32, counted from the site's end
///                                  (SDM vol. 2A, JMP; APM vol. 3, JMP (Near))
///   hop      eb  03   .   .   .    jmp rel8 over bytes 2..4
///
/// The order of writes, with the processors synchronised after each:
///
///   1. bytes 0..1 <- eb 03        nobody enters bytes 2..4 any more, and after
///                                 the synchronisation nobody is inside
///   2. bytes 2..4 <- new 2..4     they are not executed meanwhile
///   3. bytes 0..1 <- new 0..1     the new instruction, whole
///
/// or, where for each site of the batch all bytes that change lie within one
/// aligned 8-byte word:
///
///   1. bytes 0..4 <- new 0..4     from one whole instruction to the other
///
/// A thread runs the old or the new one, and the synchronisation bounds for how
/// long the old. HotSpot changes a method's entry so (JDK-8294947).
///
/// All five bytes lie within a word at addresses that end in 0..3 and 8..b. For
/// the others the nop that takes a jump's place keeps the jump's last bytes, so
/// that only a site's first change needs three steps:
///
///   byte      0   1   2   3   4
///   test     a9  d0  d1  d2  d3    test $imm32, %eax: sets flags, and no more
///                                  (SDM vol. 2B, TEST; APM vol. 3, TEST);
///                                  sites clobber them (targets.h)
///
/// Steps 1 and 3 of the first order and the second order rely on a store within
/// an aligned 8-byte word being seen by an instruction fetch wholly or not at
/// all (SDM vol. 3A, 9.1.1 "Guaranteed Atomic Operations"; APM vol. 2, 7.3.2
/// "Access Atomicity"), so bytes 0..1 must lie in one in any case. The
/// synchronisation is what cross-modifying code needs before it runs new bytes:
/// a serialising instruction on every processor (SDM vol. 3A, 9.1.3 "Handling
/// Self- and Cross-Modifying Code"; APM vol. 2, 7.6.1 "Cache Organization and
/// Operation").
#ifndef TRACE_RUNTIME_ARCH_X86_H
#define TRACE_RUNTIME_ARCH_X86_H

#include "word.h"

namespace trace::arch::x86 {

inline constexpr size_t site_bytes = 5;
inline constexpr uint8_t hop[] = {0xeb, site_bytes - 2};

inline constexpr Step steps[] = {
    {0, 2, hop},
    {2, 3, nullptr},
    {0, 2, nullptr},
};

inline constexpr Step steps_in_word[] = {{0, site_bytes, nullptr}};

constexpr bool head_is_in_one_word(uint64_t site) {
  return is_in_word(site, 2);
}

constexpr Instruction jump(uint32_t distance_from_end) {
  Instruction jump = {};
  jump.bytes[0] = 0xe9;
  put_little_endian(jump.bytes + 1, distance_from_end, 4);
  return jump;
}

/// What differs from the jump in one byte.
constexpr Instruction test(const Instruction &jump) {
  Instruction test = jump;
  test.bytes[0] = 0xa9;
  return test;
}

} // namespace trace::arch::x86

#endif
