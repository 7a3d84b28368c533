/// RISC-V, 32 and 64 bits: a site is one word. Instructions are little-endian
/// (unprivileged manual, 1.5 "Base Instruction-Length Encoding").
///
///   nop      00000013              addi x0, x0, 0 (2.4 "NOP Instruction")
///   jump     imm[20|10:1|11|19:12] jal x0, +-1 MiB in halfwords, counted from
///            000001101111          the site (2.5 "Unconditional Jumps")
///
/// One aligned 4-byte store replaces one by the other; the site is aligned
/// although the C extension would not need it, because a fetch that is not may
/// come in two parts. Chapter "Zifencei": a hart sees the store after its own
/// FENCE.I, and until then it runs the old or the new instruction. User
/// programs must leave FENCE.I to the kernel, which knows when a thread moves
/// (Documentation/arch/riscv/cmodx.rst): it executes one on every hart in
/// copy_to_user_page (flush_icache_mm, arch/riscv/mm/cacheflush.c), in
/// riscv_flush_icache, which __builtin___clear_cache calls, and in membarrier's
/// SYNC_CORE (Linux 6.10).
#include "word.h"

namespace trace::arch {
namespace {

constexpr uint32_t nop = 0x00000013;
constexpr uint32_t jal_x0 = 0x0000006f;

constexpr uint32_t jump(uint32_t distance) { // its bit 0 is immediate bit 1
  const uint32_t low = distance & 0x3ff;
  const uint32_t bit11 = distance >> 10 & 1;
  const uint32_t high = distance >> 11 & 0xff;
  const uint32_t sign = distance >> 19;
  return jal_x0 | sign << 31 | low << 21 | bit11 << 20 | high << 12;
}

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % 4 != 0)
    return EncodeResult::misaligned;
  uint32_t distance;
  const EncodeResult result = distance_field(target - site, 2, 20, distance);
  if (result != EncodeResult::ok)
    return result;
  instruction =
      little_endian_word(state == SiteState::nop ? nop : jump(distance));
  return EncodeResult::ok;
}

} // namespace

const Architecture riscv = {"riscv", site_bytes_of("riscv"), encode,
                            whole_word};

} // namespace trace::arch
