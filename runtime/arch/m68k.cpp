/// m68k: a site is one instruction of two words, aligned to four bytes.
///
///   byte      0   1   2   3
///   nop      41  e8  00  00        lea (0,%a0),%a0: changes no register and no
///                                  flag, on every m68k and ColdFire. Two nops
///                                  of 2 bytes won't do: a thread may stand
///                                  between them.
///   jump     60  00  d0  d1        bra.w, +-32 KiB, counted from the site + 2,
///                                  big-endian (M68000 Family Programmer's
///                                  Reference Manual, 4, LEA and BRA)
///
/// One aligned 4-byte store replaces one by the other. Linux runs m68k on one
/// processor only, so no thread executes while another one stores, and none
/// stops within an instruction. MC68040 User's Manual, 4 "Instruction and Data
/// Caches": instruction fetches don't see stores until the line is pushed and
/// invalidated; the kernel does so in copy_to_user_page
/// (flush_icache_user_page, arch/m68k/mm/cache.c) and in cacheflush. What was
/// prefetched goes with the return from either.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x41e80000;
constexpr uint32_t jump = 0x60000000;

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result =
      distance_field(target - (site + 2), 2, 15, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction =
      big_endian_word(state == SiteState::nop ? nop : jump | distance << 1);
  return EncodeResult::ok;
}

} // namespace

const Architecture m68k = {"m68k", site_bytes_of("m68k"), encode, whole_word};

} // namespace trace::arch
