/// Hexagon: a site is a packet of one word, little-endian.
///
///   nop      7f00c000              { nop }
///   jump     5800c000              { jump }, +-8 MiB in words, counted from
///            | offs[21:13] << 16   the packet (Hexagon Programmer's Reference
///            | offs[12:0] << 1     Manual, "Nop", "Jump to address")
///
/// Parse bits 15:14 are 11 in both: the packet's end. But where an alignment
/// follows, LLVM's assembler adds nops to the site's packet, and then the word
/// has 01 there in both states: `hexagon_open`. A packet's instructions run at
/// once, so the nops take nothing from a jump.
///
/// One aligned 4-byte store replaces one by the other. The manual's "Cache
/// maintenance": the program that changes code cleans the data line and
/// invalidates the instruction line (dccleana, icinva), then isync. The kernel
/// does so in copy_to_user_page (flush_icache_range, arch/hexagon/mm/cache.c);
/// it has no SYNC_CORE here, but membarrier interrupts each processor that runs
/// a thread.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x7f000000;
constexpr uint32_t jump = 0x58000000;
constexpr uint32_t packet_ends = 0xc000;
constexpr uint32_t packet_goes_on = 0x4000;

template <uint32_t parse_bits>
EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result = distance_field(target - site, 4, 22, distance);
  if (result != EncodeResult::ok)
    return result;
  const uint32_t offset = distance >> 13 << 16 | (distance & 0x1fff) << 1;
  instruction = little_endian_word(
      parse_bits | (state == SiteState::nop ? nop : jump | offset));
  return EncodeResult::ok;
}

} // namespace

const Architecture hexagon = {"hexagon", site_bytes_of("hexagon"),
                              encode<packet_ends>, whole_word, &hexagon_open};
const Architecture hexagon_open = {"hexagon_open", site_bytes_of("hexagon"),
                                   encode<packet_goes_on>, whole_word};

} // namespace trace::arch
