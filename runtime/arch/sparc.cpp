/// SPARC, 32 and 64 bits: a site is one word, big-endian, and a nop for the
/// jump's delay slot behind it that never changes.
///
///   nop      01000000              sethi 0, %g0 (SPARC V9, NOP)
///   jump     10800000 | disp22     ba, +-8 MiB in words, counted from the site
///                                  (A.6 "Branch on Integer Condition Codes")
///
/// One aligned 4-byte store replaces one by the other, and an aligned word is
/// fetched at once. SPARC V9, A.20 "Flush Instruction Memory": other processors
/// see the new one some time after a FLUSH of its address, without a FLUSH of
/// their own. The kernel has no SYNC_CORE here; membarrier interrupts each
/// processor that runs a thread. Its copy_to_user_page flushes instructions on
/// 64 bits (flush_ptrace_access), and not on 32
/// (arch/sparc/include/asm/cacheflush_32.h).
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x01000000;
constexpr uint32_t jump = 0x10800000;

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result = distance_field(target - site, 4, 22, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction =
      big_endian_word(state == SiteState::nop ? nop : jump | distance);
  return EncodeResult::ok;
}

} // namespace

const Architecture sparc = {"sparc", site_bytes_of("sparc"), encode,
                            whole_word};

} // namespace trace::arch
