// The x86-64 encoder and the order of writes are right on any host.
#include "arch/arch.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

using namespace trace::arch;

namespace {

std::string hex(const Instruction &instruction) {
  std::string text;
  for (size_t i = 0; i < x86_64.site_bytes; ++i) {
    char byte[4];
    snprintf(byte, sizeof byte, "%02x ", instruction.bytes[i]);
    text += byte;
  }
  text.pop_back();
  return text;
}

std::string encode(uint64_t site, uint64_t target, SiteState state) {
  Instruction instruction;
  switch (x86_64.encode(site, target, state, instruction)) {
  case EncodeResult::ok:
    return hex(instruction);
  case EncodeResult::out_of_range:
    return "out of range";
  case EncodeResult::misaligned:
    return "misaligned";
  }
  return "?";
}

TEST(X86_64, EncodesTheNop) {
  EXPECT_EQ(encode(0x1000, 0x2000, SiteState::nop), "0f 1f 44 00 00");
}

TEST(X86_64, EncodesJumpsFromTheSitesEnd) {
  EXPECT_EQ(encode(0x1000, 0x1005, SiteState::jump), "e9 00 00 00 00");
  EXPECT_EQ(encode(0x1000, 0x1000, SiteState::jump), "e9 fb ff ff ff");
  EXPECT_EQ(encode(0x1000, 0x12345678 + 0x1005, SiteState::jump),
            "e9 78 56 34 12");
  EXPECT_EQ(encode(0xffffffff81000000, 0xffffffff80fffff0, SiteState::jump),
            "e9 eb ff ff ff");
}

TEST(X86_64, RefusesTargetsOutOfRange) {
  const uint64_t site = 0x100000000000, end = site + 5;
  EXPECT_EQ(encode(site, end + 0x7fffffff, SiteState::jump), "e9 ff ff ff 7f");
  EXPECT_EQ(encode(site, end + 0x80000000, SiteState::jump), "out of range");
  EXPECT_EQ(encode(site, end - 0x80000000, SiteState::jump), "e9 00 00 00 80");
  EXPECT_EQ(encode(site, end - 0x80000001, SiteState::jump), "out of range");
  EXPECT_EQ(encode(site, site ^ (1ull << 63), SiteState::jump), "out of range");
}

TEST(X86_64, ANopWhoseJumpWouldNotReachIsRefusedToo) {
  EXPECT_EQ(encode(0x1000, 0x100000000000, SiteState::nop), "out of range");
}

TEST(X86_64, RefusesASiteWhoseHeadCrossesAWord) {
  for (uint64_t site = 0x1000; site < 0x1007; ++site)
    EXPECT_EQ(encode(site, 0x2000, SiteState::nop), "0f 1f 44 00 00");
  EXPECT_EQ(encode(0x1007, 0x2000, SiteState::nop), "misaligned");
  EXPECT_EQ(encode(0x1007, 0x2000, SiteState::jump), "misaligned");
}

/// The site's bytes after each step.
std::vector<std::string> run_steps(Instruction site, const Instruction &goal) {
  std::vector<std::string> states;
  for (const Step &step : x86_64.steps) {
    memcpy(site.bytes + step.first,
           step.fixed ? step.fixed : goal.bytes + step.first, step.count);
    states.push_back(hex(site));
  }
  return states;
}

Instruction nop_at(uint64_t site) {
  Instruction nop;
  EXPECT_EQ(x86_64.encode(site, site, SiteState::nop, nop), EncodeResult::ok);
  return nop;
}

Instruction jump_to(uint64_t target) {
  Instruction jump;
  EXPECT_EQ(x86_64.encode(0x1000, target, SiteState::jump, jump),
            EncodeResult::ok);
  return jump;
}

TEST(X86_64, StepsHopThenTailThenHead) {
  const Instruction nop = nop_at(0x1000), jump = jump_to(0x44332211 + 0x1005);
  EXPECT_EQ(run_steps(nop, jump),
            (std::vector<std::string>{"eb 03 44 00 00", "eb 03 22 33 44",
                                      "e9 11 22 33 44"}));
  EXPECT_EQ(run_steps(jump, nop),
            (std::vector<std::string>{"eb 03 22 33 44", "eb 03 44 00 00",
                                      "0f 1f 44 00 00"}));
}

TEST(X86_64, StepsLeadBackFromWhereverTheyStopped) {
  const Instruction nop = nop_at(0x1000), jump = jump_to(0x44332211 + 0x1005);
  Instruction site = nop;
  for (const Step &step : x86_64.steps) {
    memcpy(site.bytes + step.first,
           step.fixed ? step.fixed : jump.bytes + step.first, step.count);
    EXPECT_EQ(run_steps(site, nop).back(), hex(nop));
  }
}

TEST(X86_64, OnlyTheHeadIsWrittenWhileItIsExecuted) {
  // The first and the last step write within the word that holds bytes 0..1;
  // those between write bytes that the hop skips.
  const auto steps = x86_64.steps;
  EXPECT_EQ(steps.front().first + steps.front().count, 2);
  EXPECT_EQ(steps.back().first + steps.back().count, 2);
  for (const Step &step : steps.subspan(1, steps.size() - 2)) {
    EXPECT_GE(step.first, 2);
    EXPECT_LE(step.first + step.count, x86_64.site_bytes);
  }
}

} // namespace
