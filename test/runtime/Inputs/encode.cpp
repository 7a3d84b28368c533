// Prints what the x86-64 encoder writes, a line an instruction.
#include "arch/arch.h"

#include <cstdio>

using namespace trace::arch;

static void print(const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; ++i)
    printf("0x%02x ", bytes[i]);
  puts("");
}

static void print(int64_t distance, SiteState state) {
  constexpr uint64_t site = 0x7f0000000000;
  Instruction instruction;
  const uint64_t target =
      site + x86_64.site_bytes + static_cast<uint64_t>(distance);
  if (x86_64.encode(site, target, state, instruction) != EncodeResult::ok)
    puts("refused");
  print(instruction.bytes, x86_64.site_bytes);
}

int main() {
  print(0, SiteState::nop);
  for (const int64_t distance : {0l, -5l, 0x7fffffffl, -0x80000000l})
    print(distance, SiteState::jump);
  const Step &hop = x86_64.steps[0];
  print(hop.fixed, hop.count);
}
