/// i386: a site is a 5-byte nop or a 5-byte jump; see x86.h.
///
///   byte      0   1   2   3   4
///   nop      3e  8d  74  26  00    lea %ds:0(%esi,%eiz,1),%esi: processors
///                                  before the Pentium Pro don't have 0f 1f
///
/// The jump counts modulo 2^32, so it reaches every address.
#include "x86.h"

namespace trace::arch {
namespace {

constexpr Instruction nop = {{0x3e, 0x8d, 0x74, 0x26, 0x00}};

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (!x86::head_is_in_one_word(site))
    return EncodeResult::misaligned;
  if (target > UINT32_MAX || site > UINT32_MAX)
    return EncodeResult::out_of_range;
  const auto distance =
      static_cast<uint32_t>(target - (site + x86::site_bytes));
  instruction = state == SiteState::nop ? nop : x86::jump(distance);
  return EncodeResult::ok;
}

Instruction nop_after(uint64_t site, const Instruction &jump) {
  return is_in_word(site, x86::site_bytes) ? nop : x86::test(jump);
}

} // namespace

const Architecture i386 = {"i386",  site_bytes_of("i386"), encode,   x86::steps,
                           nullptr, x86::steps_in_word,    nop_after};
static_assert(site_bytes_of("i386") == x86::site_bytes);

} // namespace trace::arch
