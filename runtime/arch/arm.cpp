/// Arm, A32: a site is one word. Words are little-endian, in big-endian
/// programs, too (BE8, Armv6 and later: Arm ARM for Armv7-A, A3.3.1
/// "Instruction endianness"); those of Armv5 and before are not supported.
///
///   nop      e1a00000              mov r0, r0: on every version, where the
///                                  hint e320f000 came with Armv6K
///   jump     ea000000 | imm24      b, +-32 MiB in words, counted from the
///                                  site + 8 (A8.8.18 "B", encoding A1)
///
/// One aligned 4-byte store replaces one by the other. Armv7-A, A3.5.4
/// "Concurrent modification and execution of instructions", lists which
/// instructions may change while others execute them: B and NOP are in the
/// list, and what runs is the old or the new one. `mov r0, r0` is not listed by
/// name; where it was fetched as a word, it is either word. Threads see the new
/// one after the caches are cleaned (the kernel does so in copy_to_user_page,
/// arch/arm/mm/flush.c; the program by cacheflush) and a context
/// synchronisation event, which membarrier's SYNC_CORE is.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0xe1a00000;
constexpr uint32_t jump = 0xea000000;

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result =
      distance_field(target - (site + 8), 4, 24, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction =
      little_endian_word(state == SiteState::nop ? nop : jump | distance);
  return EncodeResult::ok;
}

} // namespace

// Functions of both instruction sets may be in one program.
const Architecture arm = {"arm", site_bytes_of("arm"), encode, whole_word,
                          &thumb2};

} // namespace trace::arch
