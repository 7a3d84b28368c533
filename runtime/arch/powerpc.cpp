/// Power, 32 and 64 bits, both byte orders: a site is one word.
///
///   nop      60000000              ori 0,0,0 (Power ISA book I, OR Immediate)
///   jump     48000000 | LI << 2    b, +-32 MiB in words, counted from the site
///                                  (book I, Branch I-form, AA = LK = 0)
///
/// One aligned 4-byte store replaces one by the other. Book II, 1.8
/// "Instruction Storage", "Concurrent Modification and Execution of
/// Instructions": within the patch class, which is the I-form branches and ori
/// 0,0,0, a thread that fetches the word meanwhile runs the old or the new one.
/// Threads see the new one after dcbst, sync, icbi, isync. The kernel does the
/// first three in copy_to_user_page (flush_icache_user_page,
/// arch/powerpc/mm/cacheflush.c), and membarrier's SYNC_CORE the last on every
/// processor.
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x60000000;
constexpr uint32_t jump = 0x48000000;

template <Instruction (*put)(uint32_t)>
EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result = distance_field(target - site, 4, 24, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction = put(state == SiteState::nop ? nop : jump | distance << 2);
  return EncodeResult::ok;
}

} // namespace

const Architecture powerpc = {"powerpc", site_bytes_of("powerpc"),
                              encode<big_endian_word>, whole_word};
const Architecture powerpc64le = {"powerpc64le", site_bytes_of("powerpc"),
                                  encode<little_endian_word>, whole_word};

} // namespace trace::arch
