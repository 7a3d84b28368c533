/// x86-64: a site is a 5-byte nop or a 5-byte jump; see x86.h.
///
///   byte      0   1   2   3   4
///   nop      0f  1f  44  00  00    nopl 0(%rax,%rax,1)
///                                  (Intel SDM vol. 2B, NOP, table 4-12;
///                                   AMD APM vol. 3, NOP)
///   nop      0f  1f  44  d2  d3    nopl d3(d2): nothing is read or written,
///                                  whatever the address (NOP, as above)
#include "x86.h"

#include <algorithm>

namespace trace::arch {
namespace {

constexpr Instruction nop = {{0x0f, 0x1f, 0x44, 0x00, 0x00}};

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (!x86::head_is_in_one_word(site))
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result =
      distance_field(target - (site + x86::site_bytes), 1, 32, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction = state == SiteState::nop ? nop : x86::jump(distance);
  return EncodeResult::ok;
}

Instruction nop_after(uint64_t site, const Instruction &jump) {
  if (is_in_word(site, x86::site_bytes))
    return nop;
  if (!is_in_word(site, 3))
    return x86::test(jump);
  Instruction with_tail = nop;
  std::copy(jump.bytes + 3, jump.bytes + 5, with_tail.bytes + 3);
  return with_tail;
}

} // namespace

const Architecture x86_64 = {
    "x86_64", site_bytes_of("x86_64"), encode,   x86::steps,
    nullptr,  x86::steps_in_word,      nop_after};
static_assert(site_bytes_of("x86_64") == x86::site_bytes);

} // namespace trace::arch
