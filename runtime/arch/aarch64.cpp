/// AArch64: a site is one word. Instructions are little-endian, in big-endian
/// programs, too (Arm ARM for A-profile, B2.6.2 "Instruction endianness").
///
///   nop      d503201f              nop (C6.2, NOP)
///   jump     14000000 | imm26      b, +-128 MiB in words, counted from the
///                                  site (C6.2, B)
///
/// One aligned 4-byte store replaces one by the other, while threads run it: B
/// and NOP are in the list of B2.2.5 "Concurrent modification and execution of
/// instructions", and what runs is the old or the new one. Threads see the new
/// one after DC CVAU, DSB, IC IVAU, DSB (the kernel does so in
/// copy_to_user_page, arch/arm64/mm/flush.c; the program by
/// __builtin___clear_cache), which reach all processors, and a context
/// synchronisation event on each, which membarrier's SYNC_CORE is.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0xd503201f;
constexpr uint32_t jump = 0x14000000;

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result = distance_field(target - site, 4, 26, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction =
      little_endian_word(state == SiteState::nop ? nop : jump | distance);
  return EncodeResult::ok;
}

} // namespace

const Architecture aarch64 = {"aarch64", site_bytes_of("aarch64"), encode,
                              whole_word};

} // namespace trace::arch
