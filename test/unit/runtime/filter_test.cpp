// Conditions: what they let through, and what is wrong with those that are.
#include "event_builder.h"
#include "filter.h"

#include <gtest/gtest.h>

namespace {

using namespace trace;

// sys:name(int cmd, uint8_t small, colour, flags, text, double x, bool, int[2])
class FilterTest : public testing::Test {
protected:
  bool compiles(const std::string &condition, bool with_event = true) {
    return filter_compile(condition, with_event ? &builder.event() : nullptr,
                          filter, error);
  }
  bool passes(const std::string &condition) {
    EXPECT_TRUE(compiles(condition)) << condition << ": " << error.text;
    return filter_passes(filter, builder.event(), payload.bytes,
                         {"app-main", 17, 18, 3});
  }
  // "column: text"
  std::string wrong(const std::string &condition, bool with_event = true) {
    EXPECT_FALSE(compiles(condition, with_event)) << condition;
    return std::to_string(error.at) + ": " + error.text;
  }

  EventBuilder builder = EventBuilder(
      nullptr,
      {integer("cmd", 4, true),
       integer("small", 1, false),
       {"colour",
        TRACE_FIELD_ENUM,
        4,
        TRACE_FIELD_SIGNED,
        {{0, "RED"}, {7, "BLUE"}}},
       {"flags", TRACE_FIELD_ENUM, 4, TRACE_FIELD_BITS, {{1, "A"}, {2, "B"}}},
       string("text"),
       {"x", TRACE_FIELD_FLOAT, 8},
       {"is", TRACE_FIELD_BOOLEAN, 1},
       {"p.y", TRACE_FIELD_INTEGER, 8},
       {"list", TRACE_FIELD_INTEGER, 4, TRACE_FIELD_ARRAY, {}, 2}});
  Payload payload = Payload()
                        .add(static_cast<int32_t>(0xc0306201))
                        .add(uint8_t{200})
                        .add(int32_t{7})
                        .add(uint32_t{2 | 8})
                        .add_string("GET /logo")
                        .add(1.5)
                        .add(uint8_t{1})
                        .add(uint64_t{1} << 63)
                        .add(int32_t{5})
                        .add(int32_t{6});
  Filter filter;
  FilterError error;
};

TEST_F(FilterTest, ComparesNumbersByTheirType) {
  EXPECT_TRUE(passes("cmd == 0xc0306201"));
  EXPECT_TRUE(passes("cmd < 0"));
  EXPECT_TRUE(passes("cmd==-1070571007"));
  EXPECT_FALSE(passes("cmd != 0xc0306201"));
  EXPECT_TRUE(passes("small > 127"));
  EXPECT_TRUE(passes("small >= 0310"));
  EXPECT_FALSE(passes("small <= 199"));
  EXPECT_TRUE(passes("p.y > 0x7fffffffffffffff"));
  EXPECT_TRUE(passes("x == 1.5"));
  EXPECT_TRUE(passes("x < 2"));
  EXPECT_TRUE(passes("is == true"));
  EXPECT_TRUE(passes("small & 8"));
  EXPECT_FALSE(passes("small & 0x4"));
}

TEST_F(FilterTest, KnowsEnumerators) {
  EXPECT_TRUE(passes("colour == BLUE"));
  EXPECT_FALSE(passes("colour == RED"));
  EXPECT_FALSE(passes("flags & A"));
  EXPECT_TRUE(passes("flags & A|B"));
  EXPECT_TRUE(passes("flags & A || flags & B"));
}

TEST_F(FilterTest, ComparesTexts) {
  EXPECT_TRUE(passes("text == \"GET /logo\""));
  EXPECT_TRUE(passes("text ~ 'GET *'"));
  EXPECT_TRUE(passes("text !~ \"PUT*\""));
  EXPECT_TRUE(passes("text != \"\""));
}

TEST_F(FilterTest, KnowsTheThread) {
  EXPECT_TRUE(passes("comm ~ \"app*\" && pid == 17 && tid != 17 && cpu < 4"));
  EXPECT_TRUE(filter.uses_thread);
  EXPECT_TRUE(passes("small == 200"));
  EXPECT_FALSE(filter.uses_thread);
}

TEST_F(FilterTest, BindsAndBeforeOr) {
  EXPECT_TRUE(passes("small == 200 || small == 1 && small == 2"));
  EXPECT_FALSE(passes("(small == 200 || small == 1) && small == 2"));
  EXPECT_TRUE(passes("!(small == 1) && !!(small == 200)"));
  EXPECT_FALSE(passes("! small == 200"));
  EXPECT_TRUE(passes("small == 1 && small == 2 || small == 200"));
}

TEST_F(FilterTest, ANullPointerEqualsNoText) {
  builder = EventBuilder(nullptr, {string("s")});
  payload = Payload();
  payload.add(
      static_cast<uint16_t>(TRACE_STRING_HEAD(0, 6, TRACE_STRING_NULL)));
  for (char c : std::string("(null)"))
    payload.add(c);
  EXPECT_FALSE(passes("s == \"\""));
  EXPECT_FALSE(passes("s ~ \"*\""));
  EXPECT_TRUE(passes("s != \"(null)\""));
}

TEST_F(FilterTest, APayloadThatIsCutPassesNothingButItsNegative) {
  payload.bytes.resize(4);
  EXPECT_FALSE(passes("small == 0"));
  EXPECT_TRUE(passes("small != 0"));
}

TEST_F(FilterTest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(
      wrong("smal == 1"),
      "0: sys:name has no field 'smal'; it has cmd, small, colour, flags, "
      "text, x, is, p.y, list");
  EXPECT_EQ(wrong("cmd = 1"), "4: an operator is missing behind 'cmd': == != < "
                              "<= > >= & ~ or !~");
  EXPECT_EQ(wrong("cmd == 1 small"), "9: '&&' or '||' is missing here");
  EXPECT_EQ(wrong("cmd == 1 &&"),
            "11: a comparison is missing here, as in: field == 1");
  EXPECT_EQ(wrong("(cmd == 1"), "0: this '(' has no ')'");
  EXPECT_EQ(wrong("cmd == \"a\""), "7: 'cmd' is a number, not a text");
  EXPECT_EQ(wrong("cmd ~ \"a\""),
            "4: 'cmd' is a number; compare it by == or <");
  EXPECT_EQ(wrong("text == a"),
            "8: 'text' is a text; compare it with one, in quotes");
  EXPECT_EQ(wrong("text < \"a\""),
            "5: 'text' is a text; compare it by == != ~ or !~");
  EXPECT_EQ(wrong("text == \"a"), "8: this text has no closing quote");
  EXPECT_EQ(wrong("colour == GREEN"),
            "10: 'colour' has no enumerator 'GREEN'; it has RED and others");
  EXPECT_EQ(wrong("cmd == RED"), "7: 'cmd' has no value that is called 'RED'; "
                                 "compare it with a number");
  EXPECT_EQ(wrong("small == 300"),
            "9: 'small' has 8 bits, and this number has more");
  EXPECT_EQ(wrong("small == -1"),
            "9: 'small' is unsigned, so it is never negative");
  EXPECT_EQ(wrong("cmd == 1.5"), "7: '1.5' is no integer");
  EXPECT_EQ(wrong("x & 1"), "2: 'x' is no integer, so it has no bits");
  EXPECT_EQ(wrong("list == 1"), "0: 'list' has several elements, and only one "
                                "number or string can be compared");
  EXPECT_EQ(wrong("1 == cmd"), "0: a field's name is missing here");
}

TEST_F(FilterTest, ChecksTheFormWithoutAnEvent) {
  EXPECT_TRUE(compiles("any == 1.5 && other ~ \"x\" || third == NAME", false));
  EXPECT_EQ(wrong("any ~ 1", false),
            "6: ~ and !~ want a glob in quotes, as in: ~ \"app*\"");
  EXPECT_EQ(wrong("", false),
            "0: a comparison is missing here, as in: field == 1");
}

TEST_F(FilterTest, HasLimits) {
  std::string many = "cmd == 1";
  for (int i = 0; i < 100; ++i)
    many += " || cmd == 1";
  EXPECT_NE(wrong(many).find("it is too long"), std::string::npos);
  EXPECT_NE(wrong(std::string(100, '(') + "cmd == 1").find("too deeply"),
            std::string::npos);
  EXPECT_NE(
      wrong("text == \"" + std::string(1000, 'a') + "\"").find("too long"),
      std::string::npos);
}

} // namespace
