// On x86 only a site's first change may take three steps, in an order that
// keeps it a whole instruction; the nop after a jump keeps the jump's end.
#include "arch/change.h"
#include "instruction_text.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

using namespace trace::arch;

namespace {

constexpr uint64_t origin = 0x40000000; // aligned to anything

TEST(X86, OnlyTheFirstChangeNeedsThreeSteps) {
  for (const Architecture *x86 : {&x86_64, &i386})
    for (uint64_t site = origin; site < origin + 7; ++site)
      for (const int64_t distance :
           {0x3fffffffl, 0x12345678l, 0x100l, -0x100l}) {
        Forms forms;
        ASSERT_EQ(encode_forms(*x86, site,
                               site + static_cast<uint64_t>(distance), forms),
                  EncodeResult::ok);
        const SiteChange changes[] = {{site, forms.jump, forms.nop_after},
                                      {site, forms.nop_after, forms.jump}};
        EXPECT_EQ(steps_for(*x86, changes).size(), 1u);
      }
}

TEST(X86, NopAfterAJump) {
  const auto nop_after = [](const Architecture &set, uint64_t offset) {
    Forms forms;
    EXPECT_EQ(encode_forms(set, origin + offset,
                           origin + offset + 5 + 0x44332211, forms),
              EncodeResult::ok);
    return hex(set, forms.nop_after);
  };
  for (uint64_t offset = 0; offset <= 3; ++offset) {
    EXPECT_EQ(nop_after(x86_64, offset), "0f 1f 44 00 00");
    EXPECT_EQ(nop_after(i386, offset), "3e 8d 74 26 00");
  }
  EXPECT_EQ(nop_after(x86_64, 4), "0f 1f 44 33 44");
  EXPECT_EQ(nop_after(x86_64, 5), "0f 1f 44 33 44");
  EXPECT_EQ(nop_after(x86_64, 6), "a9 11 22 33 44");
  for (uint64_t offset = 4; offset <= 6; ++offset)
    EXPECT_EQ(nop_after(i386, offset), "a9 11 22 33 44");
}

TEST(X86, StepsHopThenTailThenHead) {
  for (const Architecture *x86 : {&x86_64, &i386}) {
    Instruction site, jump;
    ASSERT_EQ(x86->encode(origin, origin, SiteState::nop, site),
              EncodeResult::ok);
    ASSERT_EQ(
        x86->encode(origin, origin + 5 + 0x44332211, SiteState::jump, jump),
        EncodeResult::ok);
    const std::string tail = x86 == &x86_64 ? "44 00 00" : "74 26 00";
    std::vector<std::string> states;
    for (const Step &step : x86->steps) {
      memcpy(site.bytes + step.first,
             step.fixed ? step.fixed : jump.bytes + step.first, step.count);
      states.push_back(hex(*x86, site));
    }
    EXPECT_EQ(states,
              (std::vector<std::string>{"eb 03 " + tail, "eb 03 22 33 44",
                                        "e9 11 22 33 44"}));
  }
}

} // namespace
