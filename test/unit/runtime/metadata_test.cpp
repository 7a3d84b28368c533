// The CTF metadata of events and of a process.
#include "recording/metadata.h"

#include "event_builder.h"
#include "recording/session.h"

#include <gtest/gtest.h>

using namespace trace;

namespace {

std::string metadata(EventBuilder builder, uint32_t id = 7) {
  Array<char> out;
  EXPECT_TRUE(put_metadata_event(out, builder.event(), id));
  return {out.begin(), out.size()};
}

/// The fields alone, a line each.
std::string fields(std::vector<FieldSpec> specs) {
  const std::string all = metadata(EventBuilder(nullptr, std::move(specs)));
  const std::string begin = "fields := struct {\n", end = "  };\n};\n";
  const size_t from = all.find(begin) + begin.size();
  return all.substr(from, all.size() - from - end.size());
}

std::string head(const trace_session &session, const trace_process &process) {
  std::string text(metadata_head_bytes_max, 0);
  TextBuffer out(text.data(), text.size());
  put_metadata_head(out, session, process, "ho\"st\n");
  EXPECT_FALSE(out.is_cut());
  return std::string(out.text());
}

trace_session session_of(uint64_t frequency, uint64_t base, uint64_t realtime) {
  trace_session session = session_defaults();
  session.clock = TRACE_CLOCK_COUNTER;
  session.frequency = frequency;
  session.base = base;
  session.realtime = realtime;
  return session;
}

TEST(Metadata, AnEventHasItsNameAndId) {
  EXPECT_EQ(metadata(EventBuilder(nullptr, {})),
            "event {\n  name = \"sys:name\";\n  id = 7;\n  stream_id = 0;\n"
            "  fields := struct {\n  };\n};\n");
}

TEST(Metadata, FieldsHaveTheirTypes) {
  EXPECT_EQ(fields({integer("a", 4, true),
                    integer("b", 8, false),
                    {"c", TRACE_FIELD_FLOAT, 4},
                    {"d", TRACE_FIELD_POINTER, 8},
                    {"e", TRACE_FIELD_BOOLEAN, 1}}),
            "    i32 _a;\n    u64 _b;\n    f32 _c;\n    address64 _d;\n"
            "    u8 _e;\n");
  EXPECT_EQ(fields({string("s")}),
            "    string_length __s_length; string_state __s_state;\n"
            "    character _s[__s_length];\n");
}

TEST(Metadata, ArraysHaveTheirLengthAndSequencesAHead) {
  EXPECT_EQ(
      fields({{"p.a", TRACE_FIELD_FLOAT, 8, TRACE_FIELD_ARRAY, {}, 3},
              {"s", TRACE_FIELD_INTEGER, 2, TRACE_FIELD_SEQUENCE, {}, 512}}),
      "    f64 _p_a[3];\n"
      "    string_length __s_length; string_state __s_state;\n"
      "    u16 _s[__s_length];\n");
  EXPECT_EQ(
      fields({{"e", TRACE_FIELD_ENUM, 1, TRACE_FIELD_ARRAY, {{1, "on"}}, 2}}),
      "    enum : u8 { \"on\" = 1 } _e[2];\n");
}

TEST(Metadata, EnumerationsHaveTheirNames) {
  EXPECT_EQ(fields({{"e",
                     TRACE_FIELD_ENUM,
                     4,
                     TRACE_FIELD_SIGNED,
                     {{-1, "minus"}, {2, "two"}}}}),
            "    enum : i32 { \"minus\" = -1, \"two\" = 2 } _e;\n");
  EXPECT_EQ(fields({{"e", TRACE_FIELD_ENUM, 8, 0, {{-1, "all"}}}}),
            "    enum : u64 { \"all\" = 18446744073709551615 } _e;\n");
  EXPECT_EQ(fields({{"e", TRACE_FIELD_ENUM, 2}}), "    u16 _e;\n");
}

// What a descriptor says can't end a literal or an identifier.
TEST(Metadata, NamesAreIdentifiersAndDiffer) {
  EXPECT_EQ(fields({integer("a.b", 1, false), integer("a-b", 1, false),
                    integer("\xc3\xbc", 1, false), integer("int", 1, false)}),
            "    u8 _a_b;\n    u8 _a_b_1;\n    u8 ___;\n    u8 _int;\n");
  EXPECT_EQ(fields({{"e", TRACE_FIELD_ENUM, 1, 0, {{1, "a\"b\\c\nd"}}}}),
            "    enum : u8 { \"a_b_c_d\" = 1 } _e;\n");
}

TEST(Metadata, TheHeadNamesTheProcessAndTheClock) {
  trace_process process = {};
  process.pid = 42;
  strcpy(process.name, "app");
  strcpy(process.executable, "/bin/\"app");
  process.uuid[0] = 0xab;
  const std::string text = head(session_of(1000, 0, 0), process);
  EXPECT_NE(text.find("uuid = \"ab000000-0000-0000-0000-000000000000\""),
            std::string::npos);
  EXPECT_NE(text.find("hostname = \"ho_st_\""), std::string::npos);
  EXPECT_NE(text.find("vpid = 42"), std::string::npos);
  EXPECT_NE(text.find("executable = \"/bin/_app\""), std::string::npos);
}

// Where the ticks were 0, in seconds and ticks since 1970.
TEST(Metadata, TheClockStartsWhereItsTicksWereZero) {
  const auto offset = [](uint64_t base, uint64_t realtime) {
    const std::string text = head(session_of(1000, base, realtime), {});
    const size_t at = text.find("offset_s = ");
    return text.substr(at, text.find(";\n  absolute") - at);
  };
  EXPECT_EQ(offset(0, 5'000'000'000), "offset_s = 5;\n  offset = 0");
  EXPECT_EQ(offset(2500, 5'000'000'000), "offset_s = 2;\n  offset = 500");
  EXPECT_EQ(offset(2500, 5'700'000'000), "offset_s = 3;\n  offset = 200");
}

} // namespace
