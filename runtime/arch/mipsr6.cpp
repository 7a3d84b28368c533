/// MIPS release 6, 32 and 64 bits, both byte orders: a site is one word.
///
///   nop      00000000              sll zero, zero, 0 (MIPS32 vol. II-A, NOP)
///   jump     c8000000 | offset26   bc, +-128 MiB in words, counted from the
///                                  site + 4; compact: no delay slot (BC)
///
/// bc has no forbidden slot either: only conditional compact branches do.
/// Writing and synchronisation as in mips.cpp.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x00000000;
constexpr uint32_t jump = 0xc8000000;

template <Instruction (*put)(uint32_t)>
EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result =
      distance_field(target - (site + 4), 4, 26, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction = put(state == SiteState::nop ? nop : jump | distance);
  return EncodeResult::ok;
}

} // namespace

const Architecture mipsr6 = {"mipsr6", site_bytes_of("mipsr6"),
                             encode<big_endian_word>, whole_word};
const Architecture mipsr6el = {"mipsr6el", site_bytes_of("mipsr6"),
                               encode<little_endian_word>, whole_word};

} // namespace trace::arch
