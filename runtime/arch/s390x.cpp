/// z/Architecture: a site is a branch whose condition is never or always.
///
///   byte      0   1   2   3   4   5
///   nop      c0  04  d0  d1  d2  d3    brcl 0, target
///   jump     c0  f4  d0  d1  d2  d3    brcl 15, target; +-4 GiB in halfwords,
///                                      counted from the site, big-endian
///                                  (Principles of Operation, 7 "BRANCH
///                                   RELATIVE ON CONDITION LONG")
///
/// Only byte 1 differs, and only it is written, which no store can do in part.
/// Principles of Operation, 5 "Conceptual Sequence", "Interlocks for
/// Virtual-Storage References": a copy that a processor has prefetched lasts
/// until it serialises, which the interruption of membarrier's SYNC_CORE does.
/// There are no caches to clean.
#include "word.h"

namespace trace::arch {
namespace {

constexpr Step condition[] = {{1, 1, nullptr}};

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 2 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result = distance_field(target - site, 2, 32, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction = {{0xc0, 0x04}};
  if (state == SiteState::jump)
    instruction.bytes[1] = 0xf4;
  put_big_endian(instruction.bytes + 2, distance, 4);
  return EncodeResult::ok;
}

} // namespace

const Architecture s390x = {"s390x", site_bytes_of("s390x"), encode, condition};

} // namespace trace::arch
