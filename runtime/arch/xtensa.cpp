/// Xtensa: a site is one instruction of three bytes, little-endian, within an
/// aligned 4-byte word.
///
///   nop      0020f0                nop (Xtensa ISA Reference Manual, NOP)
///   jump     000006 | offset18<<6  j, +-128 KiB, counted from the site + 4 (J)
///
/// One store to that word replaces one by the other. The manual's ISYNC and
/// IHI: a processor sees the new one after the data line is written back
/// (DHWB), the instruction line invalidated (IHI), and ISYNC. The kernel does
/// so in copy_to_user_page (__flush_dcache_range and __invalidate_icache_range,
/// arch/xtensa/include/asm/cacheflush.h). It has no SYNC_CORE; membarrier
/// interrupts each processor that runs a thread.
#include "word.h"

namespace trace::arch {
namespace {

constexpr size_t site_bytes = 3;
constexpr Step whole[] = {{0, site_bytes, nullptr}};
constexpr uint32_t nop = 0x0020f0;
constexpr uint32_t jump = 0x000006;

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 > 4 - site_bytes)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result =
      distance_field(target - (site + 4), 1, 18, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction =
      little_endian_word(state == SiteState::nop ? nop : jump | distance << 6);
  return EncodeResult::ok;
}

} // namespace

const Architecture xtensa = {"xtensa", site_bytes_of("xtensa"), encode, whole};
static_assert(site_bytes_of("xtensa") == site_bytes);

} // namespace trace::arch
