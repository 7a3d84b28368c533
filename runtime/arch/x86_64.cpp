/// x86-64: a site is a 5-byte nop or a 5-byte jump.
///
///   byte      0   1   2   3   4
///   nop      0f  1f  44  00  00    nopl 0(%rax,%rax,1)
///                                  (Intel SDM vol. 2B, NOP, table 4-12;
///                                   AMD APM vol. 3, NOP)
///   jump     e9  d0  d1  d2  d3    jmp rel32, counted from the site's end
///                                  (SDM vol. 2A, JMP; APM vol. 3, JMP (Near))
///   hop      eb  03   .   .   .    jmp rel8 over bytes 2..4
///
/// The order of writes, with the cores synchronised after each:
///
///   1. bytes 0..1 <- eb 03        nobody enters bytes 2..4 any more, and after
///                                 the synchronisation nobody is inside
///   2. bytes 2..4 <- new 2..4     they are not executed meanwhile
///   3. bytes 0..1 <- new 0..1     the new instruction, whole
///
/// Steps 1 and 3 rely on a store within an aligned 8-byte word being seen by
/// an instruction fetch wholly or not at all (SDM vol. 3A, 9.1.1 "Guaranteed
/// Atomic Operations"; APM vol. 2, 7.3.2 "Access Atomicity"), so bytes 0..1
/// must lie in one. The synchronisation is what cross-modifying code needs
/// before it runs new bytes: a serialising instruction on every processor (SDM
/// vol. 3A, 9.1.3 "Handling Self- and Cross-Modifying Code"; APM vol. 2, 7.6.1
/// "Cache Organization and Operation").
#include "arch.h"

namespace trace::arch {
namespace {

constexpr size_t site_bytes = 5;
constexpr size_t word_bytes = 8;
constexpr uint16_t elf_machine_x86_64 = 62; // EM_X86_64, System V psABI

constexpr uint8_t nop[site_bytes] = {0x0f, 0x1f, 0x44, 0x00, 0x00};
constexpr uint8_t hop[2] = {0xeb, site_bytes - 2};
constexpr uint8_t jump_opcode = 0xe9;

constexpr Step steps[] = {
    {0, 2, hop},
    {2, 3, nullptr},
    {0, 2, nullptr},
};

EncodeResult encode(uint64_t site, uint64_t target, SiteState state,
                    Instruction &instruction) {
  if (site % word_bytes == word_bytes - 1)
    return EncodeResult::misaligned;
  const int64_t distance = static_cast<int64_t>(target - (site + site_bytes));
  if (distance != static_cast<int32_t>(distance))
    return EncodeResult::out_of_range;

  instruction = {};
  if (state == SiteState::nop) {
    for (size_t i = 0; i < site_bytes; ++i)
      instruction.bytes[i] = nop[i];
    return EncodeResult::ok;
  }
  instruction.bytes[0] = jump_opcode;
  for (size_t i = 0; i < 4; ++i) // little-endian on any host
    instruction.bytes[1 + i] = static_cast<uint8_t>(distance >> (8 * i));
  return EncodeResult::ok;
}

} // namespace

const Architecture x86_64 = {"x86-64", elf_machine_x86_64, site_bytes, encode,
                             steps};

} // namespace trace::arch
