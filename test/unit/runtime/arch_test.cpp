// Every architecture's encoder writes the right bytes, refuses what it can't
// reach, and its order of writes leads to the new instruction; on any host.
#include "arch/change.h"
#include "instruction_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <vector>

using namespace trace::arch;

namespace {

constexpr uint64_t origin = 0x40000000; // of the sites, aligned to anything

/// What the manual's encoding tables give. Distances are from site to target.
struct Row {
  const Architecture &architecture;
  const char *nop; ///< its target is at `forward`
  int64_t forward;
  const char *forward_jump;
  int64_t backward;
  const char *backward_jump;
  int64_t first; ///< that is reached
  const char *first_jump;
  int64_t last;
  const char *last_jump;
  int unit_bytes; ///< between two distances that can be reached
  std::vector<unsigned> misaligned; ///< site modulo 8
};

const std::vector<unsigned> not_words = {1, 2, 3, 5, 6, 7};
constexpr int64_t ki = 1 << 10, mi = 1 << 20, gi = 1 << 30;

const Row rows[] = {
    {x86_64,
     "0f 1f 44 00 00",
     0x12345678 + 5,
     "e9 78 56 34 12",
     -16,
     "e9 eb ff ff ff",
     -2 * gi + 5,
     "e9 00 00 00 80",
     2 * gi + 4,
     "e9 ff ff ff 7f",
     1,
     {7}},
    {i386,
     "3e 8d 74 26 00",
     0x12345678 + 5,
     "e9 78 56 34 12",
     -16,
     "e9 eb ff ff ff",
     -1 * gi,
     "e9 fb ff ff bf",
     3 * gi - 1,
     "e9 fa ff ff bf",
     1,
     {7}},
    {arm, "00 00 a0 e1", 0x1000, "fe 03 00 ea", -16, "fa ff ff ea",
     -32 * mi + 8, "00 00 80 ea", 32 * mi + 4, "ff ff 7f ea", 4, not_words},
    {thumb2, "af f3 00 80", 0x1000, "00 f0 fe bf", -16, "ff f7 f6 bf",
     -16 * mi + 4, "00 f4 00 90", 16 * mi + 2, "ff f3 ff 97", 2, not_words},
    {aarch64, "1f 20 03 d5", 0x1000, "00 04 00 14", -16, "fc ff ff 17",
     -128 * mi, "00 00 00 16", 128 * mi - 4, "ff ff ff 15", 4, not_words},
    {riscv, "13 00 00 00", 0x1000, "6f 10 00 00", -16, "6f f0 1f ff", -1 * mi,
     "6f 00 00 80", mi - 2, "6f f0 ff 7f", 2, not_words},
    {powerpc, "60 00 00 00", 0x1000, "48 00 10 00", -16, "4b ff ff f0",
     -32 * mi, "4a 00 00 00", 32 * mi - 4, "49 ff ff fc", 4, not_words},
    {powerpc64le, "00 00 00 60", 0x1000, "00 10 00 48", -16, "f0 ff ff 4b",
     -32 * mi, "00 00 00 4a", 32 * mi - 4, "fc ff ff 49", 4, not_words},
    {s390x,
     "c0 04 00 00 08 00",
     0x1000,
     "c0 f4 00 00 08 00",
     -16,
     "c0 f4 ff ff ff f8",
     -4 * gi,
     "c0 f4 80 00 00 00",
     4 * gi - 2,
     "c0 f4 7f ff ff ff",
     2,
     {1, 3, 5, 7}},
    {mips, "00 00 00 00", 0x1000, "10 00 03 ff", -16, "10 00 ff fb",
     -128 * ki + 4, "10 00 80 00", 128 * ki, "10 00 7f ff", 4, not_words},
    {mipsel, "00 00 00 00", 0x1000, "ff 03 00 10", -16, "fb ff 00 10",
     -128 * ki + 4, "00 80 00 10", 128 * ki, "ff 7f 00 10", 4, not_words},
    {mipsr6, "00 00 00 00", 0x1000, "c8 00 03 ff", -16, "cb ff ff fb",
     -128 * mi + 4, "ca 00 00 00", 128 * mi, "c9 ff ff ff", 4, not_words},
    {mipsr6el, "00 00 00 00", 0x1000, "ff 03 00 c8", -16, "fb ff ff cb",
     -128 * mi + 4, "00 00 00 ca", 128 * mi, "ff ff ff c9", 4, not_words},
    {loongarch, "00 00 40 03", 0x1000, "00 00 10 50", -16, "ff f3 ff 53",
     -128 * mi, "00 02 00 50", 128 * mi - 4, "ff fd ff 53", 4, not_words},
    {sparc, "01 00 00 00", 0x1000, "10 80 04 00", -16, "10 bf ff fc", -8 * mi,
     "10 a0 00 00", 8 * mi - 4, "10 9f ff ff", 4, not_words},
    {hexagon, "00 c0 00 7f", 0x1000, "00 c8 00 58", -16, "f8 ff ff 59", -8 * mi,
     "00 c0 00 59", 8 * mi - 4, "fe ff ff 58", 4, not_words},
    {hexagon_open, "00 40 00 7f", 0x1000, "00 48 00 58", -16, "f8 7f ff 59",
     -8 * mi, "00 40 00 59", 8 * mi - 4, "fe 7f ff 58", 4, not_words},
    {m68k, "41 e8 00 00", 0x1000, "60 00 0f fe", -16, "60 00 ff ee",
     -32 * ki + 2, "60 00 80 00", 32 * ki, "60 00 7f fe", 2, not_words},
    {xtensa,
     "f0 20 00",
     0x1000,
     "06 ff 03",
     -16,
     "06 fb ff",
     -128 * ki + 4,
     "06 00 80",
     128 * ki + 3,
     "c6 ff 7f",
     1,
     {2, 3, 6, 7}},
};

std::string encode(const Architecture &architecture, uint64_t site,
                   int64_t distance, SiteState state) {
  Instruction instruction;
  switch (architecture.encode(site, site + static_cast<uint64_t>(distance),
                              state, instruction)) {
  case EncodeResult::ok:
    return hex(architecture, instruction);
  case EncodeResult::out_of_range:
    return "out of range";
  case EncodeResult::misaligned:
    return "misaligned";
  }
  return "?";
}

class Encoder : public testing::TestWithParam<Row> {
protected:
  static std::string jump(int64_t distance) {
    return encode(GetParam().architecture, origin, distance, SiteState::jump);
  }
  static std::string nop(int64_t distance) {
    return encode(GetParam().architecture, origin, distance, SiteState::nop);
  }
};

TEST_P(Encoder, Nop) { EXPECT_EQ(nop(GetParam().forward), GetParam().nop); }

TEST_P(Encoder, JumpForward) {
  EXPECT_EQ(jump(GetParam().forward), GetParam().forward_jump);
}

TEST_P(Encoder, JumpBackward) {
  EXPECT_EQ(jump(GetParam().backward), GetParam().backward_jump);
}

TEST_P(Encoder, FirstDistanceReached) {
  const Row &row = GetParam();
  EXPECT_EQ(jump(row.first), row.first_jump);
  EXPECT_EQ(jump(row.first - row.unit_bytes), "out of range");
}

TEST_P(Encoder, LastDistanceReached) {
  const Row &row = GetParam();
  EXPECT_EQ(jump(row.last), row.last_jump);
  EXPECT_EQ(jump(row.last + row.unit_bytes), "out of range");
}

TEST_P(Encoder, FarthestTargets) {
  EXPECT_EQ(jump(INT64_MIN), "out of range");
  EXPECT_EQ(jump(-INT64_MAX + 63), "out of range"); // as even as any unit
}

TEST_P(Encoder, ANopWhoseJumpWouldNotReach) {
  const Row &row = GetParam();
  EXPECT_EQ(nop(row.first - row.unit_bytes), "out of range");
  EXPECT_EQ(nop(row.last + row.unit_bytes), "out of range");
}

TEST_P(Encoder, MisalignedSite) {
  const Row &row = GetParam();
  for (unsigned i = 0; i < 8; ++i) {
    const bool is_refused =
        std::count(row.misaligned.begin(), row.misaligned.end(), i);
    for (const SiteState state : {SiteState::nop, SiteState::jump})
      EXPECT_EQ(encode(row.architecture, origin + i, 0x1000, state) ==
                    "misaligned",
                is_refused)
          << i;
  }
}

TEST_P(Encoder, MisalignedTarget) {
  const Row &row = GetParam();
  for (int i = 1; i < row.unit_bytes; ++i) {
    EXPECT_EQ(jump(0x1000 + i), "misaligned") << i;
    EXPECT_EQ(nop(0x1000 + i), "misaligned") << i;
  }
}

TEST_P(Encoder, WritesNothingWhenItRefuses) {
  Instruction instruction;
  memset(&instruction, 0xa5, sizeof instruction);
  ASSERT_NE(GetParam().architecture.encode(origin, origin ^ 1ull << 63,
                                           SiteState::jump, instruction),
            EncodeResult::ok);
  for (const uint8_t byte : instruction.bytes)
    EXPECT_EQ(byte, 0xa5);
}

// ---- The order of writes ----------------------------------------------------

class Steps : public testing::TestWithParam<Row> {
protected:
  static Instruction form(SiteState state) {
    Instruction form;
    EXPECT_EQ(GetParam().architecture.encode(
                  origin, origin + static_cast<uint64_t>(GetParam().forward),
                  state, form),
              EncodeResult::ok);
    return form;
  }
  static void run(const Step &step, Instruction &site,
                  const Instruction &goal) {
    memcpy(site.bytes + step.first,
           step.fixed ? step.fixed : goal.bytes + step.first, step.count);
  }
  static std::string run_all(Instruction site, const Instruction &goal) {
    for (const Step &step : GetParam().architecture.steps)
      run(step, site, goal);
    return hex(GetParam().architecture, site);
  }
};

TEST_P(Steps, LeadToTheNewInstruction) {
  const Instruction nop = form(SiteState::nop), jump = form(SiteState::jump);
  EXPECT_EQ(run_all(nop, jump), hex(GetParam().architecture, jump));
  EXPECT_EQ(run_all(jump, nop), hex(GetParam().architecture, nop));
}

TEST_P(Steps, LeadBackFromWhereverTheyStopped) {
  const Instruction nop = form(SiteState::nop), jump = form(SiteState::jump);
  Instruction site = nop;
  for (const Step &step : GetParam().architecture.steps) {
    run(step, site, jump);
    EXPECT_EQ(run_all(site, nop), hex(GetParam().architecture, nop));
  }
}

TEST_P(Steps, NothingIsBehindTheSite) {
  const Architecture &architecture = GetParam().architecture;
  for (const SiteState state : {SiteState::nop, SiteState::jump}) {
    const Instruction whole = form(state);
    for (size_t i = architecture.site_bytes; i < site_bytes_max; ++i)
      EXPECT_EQ(whole.bytes[i], 0);
  }
}

TEST_P(Steps, StayWithinTheSite) {
  for (const Step &step : GetParam().architecture.steps)
    EXPECT_LE(step.first + step.count, GetParam().architecture.site_bytes);
}

TEST_P(Steps, OneIsEnoughWithinAWord) {
  const Architecture &architecture = GetParam().architecture;
  const std::span<const Step> steps = architecture.steps_in_word;
  if (steps.empty())
    return;
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_EQ(steps[0].first, 0);
  EXPECT_EQ(steps[0].count, architecture.site_bytes);
  EXPECT_EQ(steps[0].fixed, nullptr);
}

TEST_P(Steps, OfABatch) {
  const Architecture &architecture = GetParam().architecture;
  Instruction from = {}, to = {};
  to.bytes[1] = to.bytes[architecture.site_bytes - 1] = 0xa5;
  const auto chosen = [&](std::vector<uint64_t> sites) {
    std::vector<SiteChange> changes;
    for (const uint64_t site : sites)
      changes.push_back({site, from, to});
    return steps_for(architecture, changes).data();
  };
  const Step *in_word = architecture.steps_in_word.empty()
                            ? architecture.steps.data()
                            : architecture.steps_in_word.data();
  const uint64_t last = 8 - architecture.site_bytes; // in a word
  EXPECT_EQ(chosen({}), in_word);
  EXPECT_EQ(chosen({origin, origin + last}), in_word);
  EXPECT_EQ(chosen({origin, origin + last + 1}), architecture.steps.data());
  to.bytes[architecture.site_bytes - 1] = 0; // only bytes that differ count
  EXPECT_EQ(chosen({origin, origin + last + 1}), in_word);
}

TEST_P(Steps, ANopAfterAJumpIsInNoOtherState) {
  const Architecture &architecture = GetParam().architecture;
  Forms forms;
  ASSERT_EQ(encode_forms(architecture, origin,
                         origin + static_cast<uint64_t>(GetParam().forward),
                         forms),
            EncodeResult::ok);
  const Instruction nop_after = form_of(forms, SiteState::nop);
  EXPECT_TRUE(is_in_state(forms, SiteState::nop, forms.nop));
  EXPECT_TRUE(is_in_state(forms, SiteState::nop, nop_after));
  EXPECT_FALSE(is_in_state(forms, SiteState::jump, nop_after));
  EXPECT_FALSE(is_in_state(forms, SiteState::nop, forms.jump));
}

TEST_P(Steps, OtherEncodingsShareThem) {
  const Architecture &architecture = GetParam().architecture;
  const Architecture *second = architecture.second;
  if (!second)
    return;
  EXPECT_EQ(second->site_bytes, architecture.site_bytes);
  EXPECT_EQ(second->steps.data(), architecture.steps.data());
  EXPECT_EQ(second->second, nullptr);
}

std::string name_of(const testing::TestParamInfo<Row> &info) {
  return info.param.architecture.name;
}

INSTANTIATE_TEST_SUITE_P(Architectures, Encoder, testing::ValuesIn(rows),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Architectures, Steps, testing::ValuesIn(rows),
                         name_of);

TEST(Architectures, EachHasARow) {
  std::set<std::string> tested, known;
  for (const Row &row : rows)
    tested.insert(row.architecture.name);
  for (const Architecture *architecture : all())
    known.insert(architecture->name);
  EXPECT_EQ(tested, known);
}

TEST(Architectures, EachTargetHasOne) {
  for (const trace::Target &target : trace::targets) {
    const auto has_its_name = [&](const Architecture *architecture) {
      return architecture->name == target.name;
    };
    EXPECT_TRUE(std::ranges::any_of(all(), has_its_name)) << target.name;
  }
}

TEST(S390x, OnlyTheConditionIsWritten) {
  ASSERT_EQ(s390x.steps.size(), 1u);
  EXPECT_EQ(s390x.steps[0].first, 1);
  EXPECT_EQ(s390x.steps[0].count, 1);
}

} // namespace
