/// MIPS before release 6, 32 and 64 bits, both byte orders: a site is one
/// word, and a nop for the jump's delay slot behind it that never changes.
///
///   nop      00000000              sll zero, zero, 0 (MIPS32 vol. II-A, NOP)
///   jump     10000000 | offset16   beq zero, zero: b, +-128 KiB in words,
///                                  counted from the site + 4 (B)
///
/// One aligned 4-byte store replaces one by the other, and an aligned word is
/// fetched at once. MIPS32 vol. II-A, SYNCI: threads see the new one after the
/// caches are synchronised and an instruction hazard barrier. The kernel does
/// the first in copy_to_user_page (flush_cache_page, arch/mips/mm/init.c), and
/// in cacheflush; it has no SYNC_CORE, but
/// membarrier interrupts each processor that runs a thread, and the ERET which
/// ends that is such a barrier.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x00000000;
constexpr uint32_t jump = 0x10000000;

template <Instruction (*put)(uint32_t)>
EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result =
      distance_field(target - (site + 4), 4, 16, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction = put(state == SiteState::nop ? nop : jump | distance);
  return EncodeResult::ok;
}

} // namespace

const Architecture mips = {"mips", site_bytes_of("mips"),
                           encode<big_endian_word>, whole_word};
const Architecture mipsel = {"mipsel", site_bytes_of("mips"),
                             encode<little_endian_word>, whole_word};

} // namespace trace::arch
