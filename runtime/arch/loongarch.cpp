/// LoongArch, 32 and 64 bits: a site is one word, little-endian.
///
///   nop      03400000              andi r0, r0, 0 (LoongArch Reference Manual
///                                  vol. 1, NOP)
///   jump     50000000              b, +-128 MiB in words, counted from the
///            | offs[15:0] << 10    site (B)
///            | offs[25:16]
///
/// One aligned 4-byte store replaces one by the other. Instruction and data
/// caches are coherent in hardware, and a processor sees the new one after its
/// IBAR 0. The kernel has no SYNC_CORE here; membarrier interrupts each
/// processor that runs a thread, which then fetches anew. Its copy_to_user_page
/// cleans no cache (flush_icache_user_page is empty,
/// arch/loongarch/include/asm/cacheflush.h).
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x03400000;
constexpr uint32_t jump = 0x50000000;

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result = distance_field(target - site, 4, 26, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction = little_endian_word(state == SiteState::nop
                                       ? nop
                                       : jump | (distance & 0xffff) << 10 |
                                             distance >> 16);
  return EncodeResult::ok;
}

} // namespace

const Architecture loongarch = {"loongarch", site_bytes_of("loongarch"), encode,
                                whole_word};

} // namespace trace::arch
