// Payloads print as printf would print the arguments, whatever they hold.
#include "render.h"

#include "event_builder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace trace;

namespace {

std::string render(EventBuilder builder, const Payload &payload,
                   size_t capacity = 4096) {
  std::string bytes(capacity, '?');
  TextBuffer out(bytes.data(), capacity);
  render(builder.event(), payload.bytes, out);
  return std::string(out.text());
}

/// One integer argument through one conversion, and printf's own result.
template <typename T> void expect_as_printf(const char *format, T value) {
  char expected[512];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
  snprintf(expected, sizeof expected, format, value);
#pragma GCC diagnostic pop
  const bool is_signed = std::numeric_limits<T>::is_signed;
  EXPECT_EQ(render(EventBuilder(format, {integer("n", sizeof(T), is_signed)}),
                   Payload().add(value)),
            expected)
      << format << " of " << +value;
}

TEST(Render, IntegersAsPrintf) {
  for (const char *flags :
       {"", "-", "+", " ", "0", "#", "-#", "+0", "#0", "0-"})
    for (const char *extent : {"", "1", "12", ".0", ".5", "12.5", "3.8"})
      for (const char type : {'d', 'i', 'u', 'x', 'X', 'o'}) {
        const auto format = [&](const char *length) {
          return std::string("<%") + flags + extent + length + type + ">";
        };
        for (const int value : {0, 1, -1, 42, -12345, INT32_MAX, INT32_MIN}) {
          expect_as_printf(format("").c_str(), value);
          expect_as_printf(format("hh").c_str(),
                           static_cast<signed char>(value));
          expect_as_printf(format("h").c_str(), static_cast<short>(value));
          expect_as_printf(format("").c_str(), static_cast<unsigned>(value));
          expect_as_printf(format("l").c_str(), static_cast<long>(value));
          expect_as_printf(format("ll").c_str(),
                           static_cast<unsigned long long>(value));
        }
        expect_as_printf(format("l").c_str(), INT64_MIN);
        expect_as_printf(format("z").c_str(), SIZE_MAX);
      }
}

TEST(Render, SmallIntegersArePromoted) {
  expect_as_printf("%x", static_cast<signed char>(-1));
  expect_as_printf("%u", static_cast<unsigned char>(200));
  expect_as_printf("%hhd", 300);
}

TEST(Render, FloatsAsPrintf) {
  for (const char *format : {"%f", "%.2f", "%10.3e", "%g", "%-10g|", "%+G",
                             "%a", "%010.1f", "%#g", "% f"})
    for (const double value :
         {0.0, 1.5, -2.25e10, 1e308, 1e-300, HUGE_VAL, -0.0}) {
      char expected[512];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      snprintf(expected, sizeof expected, format, value);
#pragma GCC diagnostic pop
      EXPECT_EQ(render(EventBuilder(format, {{"x", TRACE_FIELD_FLOAT, 8}}),
                       Payload().add(value)),
                expected);
    }
  EXPECT_EQ(render(EventBuilder("%.1f", {{"x", TRACE_FIELD_FLOAT, 4}}),
                   Payload().add(2.5f)),
            "2.5");
}

TEST(Render, HugeExtentsAreBounded) {
  const Payload one = Payload().add(1.0);
  EventBuilder wide("%99999999999999.999999999f",
                    {{"x", TRACE_FIELD_FLOAT, 8}});
  EXPECT_LE(render(wide, one).size(), 600u);
  EventBuilder number("%999999999d", {integer("n", 4, true)});
  EXPECT_LE(render(number, Payload().add(1)).size(), 600u);
}

TEST(Render, Strings) {
  const auto show = [](const char *format, const char *text) {
    return render(EventBuilder(format, {string("s")}),
                  Payload().add_string(text));
  };
  EXPECT_EQ(show("<%s>", "abc"), "<abc>");
  EXPECT_EQ(show("<%6s>", "abc"), "<   abc>");
  EXPECT_EQ(show("<%-6s>", "abc"), "<abc   >");
  EXPECT_EQ(show("<%.2s>", "abc"), "<ab>");
  EXPECT_EQ(show("<%s>", ""), "<>");
  EXPECT_EQ(show("<%s>", "a\nb\tc\x01\x7f\x1b[m"),
            "<a\\nb\\tc\\x01\\x7f\\x1b[m>");
  EXPECT_EQ(show("<%s>", "gr\xc3\xbc\xc3\x9f"), "<gr\xc3\xbc\xc3\x9f>");
  EXPECT_EQ(render(EventBuilder("<%s>", {string("s")}),
                   Payload().add(TRACE_STRING_HEAD(0, 0u, TRACE_STRING_NULL))),
            "<(null)>");
}

TEST(Render, AStringMayHoldNul) {
  Payload payload;
  payload.add_string(std::string("a\0b", 3));
  EXPECT_EQ(render(EventBuilder("%s", {string("s")}), payload), "a\\x00b");
}

TEST(Render, PointersCharactersBooleans) {
  EXPECT_EQ(render(EventBuilder("%p %p", {{"p", TRACE_FIELD_POINTER, 8},
                                          {"q", TRACE_FIELD_POINTER, 8}}),
                   Payload().add(uint64_t{0x7f00}).add(uint64_t{0})),
            "0x7f00 0x0");
  EXPECT_EQ(render(EventBuilder("%c%3c%-3c|",
                                {integer("a", 1, true), integer("b", 1, true),
                                 integer("c", 1, true)}),
                   Payload().add('x').add('\n').add('z')),
            "x  \\nz  |");
  EXPECT_EQ(render(EventBuilder("%d", {{"b", TRACE_FIELD_BOOLEAN, 1}}),
                   Payload().add(true)),
            "1");
}

const std::vector<std::pair<int64_t, std::string>> colours = {
    {-1, "NONE"}, {0, "RED"}, {2, "BLUE"}};

TEST(Render, EnumsByNameOrNumber) {
  const FieldSpec colour = {"c", TRACE_FIELD_ENUM, 4, TRACE_FIELD_SIGNED,
                            colours};
  const auto show = [&](const char *format, int value) {
    return render(EventBuilder(format, {colour}), Payload().add(value));
  };
  EXPECT_EQ(show("%s", 2), "BLUE");
  EXPECT_EQ(show("%s", -1), "NONE");
  EXPECT_EQ(show("<%6s>", 0), "<   RED>");
  EXPECT_EQ(show("%s", 7), "7");
  EXPECT_EQ(show("%d", 2), "2");
  EXPECT_EQ(show(nullptr, 2), "c=BLUE");
  EXPECT_EQ(show(nullptr, -9), "c=-9");
}

TEST(Render, PlacesAndStars) {
  const std::vector<FieldSpec> three = {integer("a", 4, true),
                                        integer("b", 4, true), string("c")};
  const auto show = [&](const char *format) {
    return render(EventBuilder(format, three),
                  Payload().add(5).add(-3).add_string("text"));
  };
  EXPECT_EQ(show("%3$s %2$d %1$d"), "text -3 5");
  EXPECT_EQ(show("<%*d>"), "<   -3>");
  EXPECT_EQ(show("<%3$*1$s>"), "< text>");
  EXPECT_EQ(show("<%3$-*1$s>"), "<text >");
  EXPECT_EQ(show("<%3$*2$s>"), "<text>");
  EXPECT_EQ(show("<%1$.*2$d>"), "<5>");
  EXPECT_EQ(show("100%%"), "100%");
}

TEST(Render, ImplicitFieldsAreNoArguments) {
  const std::vector<FieldSpec> fields = {
      {"this", TRACE_FIELD_POINTER, 8, TRACE_FIELD_IMPLICIT},
      integer("n", 4, true)};
  const Payload payload = Payload().add(uint64_t{0x10}).add(7);
  EXPECT_EQ(render(EventBuilder("%d", fields), payload), "7");
  EXPECT_EQ(render(EventBuilder(nullptr, fields), payload), "this=0x10 n=7");
}

TEST(Render, PairsWithoutAFormat) {
  EXPECT_EQ(render(EventBuilder(nullptr, {integer("a", 4, true),
                                          integer("c", 1, true),
                                          integer("u", 8, false),
                                          {"b", TRACE_FIELD_BOOLEAN, 1},
                                          {"x", TRACE_FIELD_FLOAT, 8},
                                          string("s")}),
                   Payload()
                       .add(-5)
                       .add('A')
                       .add(UINT64_MAX)
                       .add(true)
                       .add(1.5)
                       .add_string("two words")),
            "a=-5 c=65 u=18446744073709551615 b=true x=1.5 s=two words");
  EXPECT_EQ(render(EventBuilder(nullptr, {}), Payload()), "");
}

// C1 in UTF-8 is as much a control character; other UTF-8 is text.
TEST(Render, ControlCharactersAreEscaped) {
  EXPECT_EQ(render(EventBuilder("%s|", {string("s")}),
                   Payload().add_string("\x01\x7f\xc2\x9b"
                                        "31m\xc2\xa0\xc3\x9b\xc2")),
            "\\x01\\x7f\\xc2\\x9b31m\xc2\xa0\xc3\x9b\xc2|");
}

// A recording's descriptor may be damaged.
TEST(Render, AFieldsNameIsEscaped) {
  EXPECT_EQ(render(EventBuilder(nullptr, {integer("a\n\x1b", 1, false)}),
                   Payload().add(uint8_t{1})),
            "a\\n\\x1b=1");
}

TEST(Render, AFormatsLastNewlineIsDropped) {
  EXPECT_EQ(render(EventBuilder("a\nb\n", {}), Payload()), "a\\nb");
}

TEST(Render, UnknownConversionsAreText) {
  const std::vector<FieldSpec> one = {integer("n", 4, true)};
  EXPECT_EQ(render(EventBuilder("%n %d", one), Payload().add(1)), "%n 1");
  EXPECT_EQ(render(EventBuilder("50%", one), Payload().add(1)), "50%");
  EXPECT_EQ(render(EventBuilder("%5", one), Payload().add(1)), "%5");
}

TEST(Render, ATruncatedPayloadIsToldNotRead) {
  const std::vector<FieldSpec> fields = {integer("n", 4, true), string("s"),
                                         integer("m", 4, true)};
  Payload payload;
  payload.add(1).add(uint16_t{100}).add('x');
  EXPECT_EQ(render(EventBuilder(nullptr, fields), payload),
            "n=1 s=<missing> m=<missing>");
  EXPECT_EQ(render(EventBuilder("%d %s %d %d", fields), payload),
            "1 <missing> <missing> <missing>");
  EXPECT_EQ(render(EventBuilder("%*d", fields), Payload()), "<missing>");
}

uint16_t head(unsigned count, unsigned state) {
  return TRACE_STRING_HEAD(false, count, state);
}

TEST(Render, ArraysAndSequencesAreInBraces) {
  const std::vector<FieldSpec> fields = {
      {"a",
       TRACE_FIELD_INTEGER,
       2,
       TRACE_FIELD_SIGNED | TRACE_FIELD_ARRAY,
       {},
       2},
      {"s", TRACE_FIELD_ENUM, 1, TRACE_FIELD_SEQUENCE, colours, 100}};
  Payload payload;
  payload.add(int16_t{-1}).add(int16_t{300});
  payload.add(head(2, TRACE_STRING_CUT)).add('\2').add('\t');
  EXPECT_EQ(render(EventBuilder(nullptr, fields), payload),
            "a={-1,300} s={BLUE,9,...}");
  EXPECT_EQ(render(EventBuilder("%04x|%3d", fields), payload),
            "{ffffffff,012c}|{  2,  9,...}");
  payload.bytes.resize(3);
  EXPECT_EQ(render(EventBuilder(nullptr, fields), payload),
            "a=<missing> s=<missing>");
}

TEST(Render, BytesAreHexadecimal) {
  const EventBuilder bytes(
      nullptr, {{"b", TRACE_FIELD_INTEGER, 1, TRACE_FIELD_SEQUENCE, {}, 9}});
  const auto of = [&](unsigned count, unsigned state) {
    Payload payload;
    payload.add(head(count, state)).add(uint8_t{0xde}).add(uint8_t{5});
    return render(bytes, payload);
  };
  EXPECT_EQ(of(2, TRACE_STRING_WHOLE), "b=de 05");
  EXPECT_EQ(of(2, TRACE_STRING_CUT), "b=de 05...");
  EXPECT_EQ(of(1, TRACE_STRING_NULL), "b=(null)");
  EXPECT_EQ(of(1, TRACE_STRING_BAD), "b=(bad address)");
  EXPECT_EQ(of(1, TRACE_STRING_EMPTY), "b=");
  EXPECT_EQ(of(3, TRACE_STRING_WHOLE), "b=<missing>");
}

TEST(Render, FlagsAreThoseOfPrintFlags) {
  const EventBuilder flags(
      "%s", {{"f",
              TRACE_FIELD_ENUM,
              2,
              TRACE_FIELD_BITS | TRACE_FIELD_SIGNED,
              {{1, "A"}, {2, "B"}, {3, "AB"}, {-32768, "TOP"}}}});
  const auto of = [&](int value) {
    return render(flags, Payload().add(static_cast<int16_t>(value)));
  };
  EXPECT_EQ(of(1), "A");
  EXPECT_EQ(of(3), "A|B");
  EXPECT_EQ(of(0x8), "0x8");
  EXPECT_EQ(of(2 | 0x48), "B|0x48");
  EXPECT_EQ(of(-32768), "TOP");
  EXPECT_EQ(of(0), "0");
}

TEST(Render, MembersOfAStructAreOneArgument) {
  EventBuilder builder("[%s] %d",
                       {integer("p.x", 4, true), integer("p.y", 4, true),
                        integer("n", 4, true)});
  builder.field(1).argument = 0;
  builder.field(2).argument = 1;
  EXPECT_EQ(render(builder, Payload().add(1).add(2).add(3)), "[p.x=1 p.y=2] 3");
}

TEST(Render, OutputIsBounded) {
  EXPECT_EQ(render(EventBuilder("%s", {string("s")}),
                   Payload().add_string("abcdefgh"), 3),
            "abc");
  EXPECT_EQ(
      render(EventBuilder("%8d", {integer("n", 4, true)}), Payload().add(1), 0),
      "");
}

TEST(Render, AnyFormatAndPayloadIsSafe) {
  std::mt19937 random(7);
  const std::vector<FieldSpec> fields = {
      integer("a", 4, true),
      integer("b", 8, false),
      string("s"),
      {"x", TRACE_FIELD_FLOAT, 8},
      {"c", TRACE_FIELD_ENUM, 1, 0, colours},
      {"p", TRACE_FIELD_POINTER, 8},
      {"l", TRACE_FIELD_INTEGER, 2, TRACE_FIELD_SEQUENCE, {}, 8},
      {"f", TRACE_FIELD_ENUM, 1, TRACE_FIELD_BITS, colours}};
  const char alphabet[] = "%%%%*$.0123456789-+ #hlLqjztdiouxXcspaAeEfFgGn\n";
  for (int i = 0; i < 20000; ++i) {
    std::string format;
    for (size_t j = random() % 12; j > 0; --j)
      format += alphabet[random() % (sizeof alphabet - 1)];
    Payload payload;
    for (size_t j = random() % 40; j > 0; --j)
      payload.add(static_cast<uint8_t>(random()));
    // An exact allocation, so that a sanitizer sees the first byte beyond.
    payload.bytes.shrink_to_fit();
    render(EventBuilder(format.c_str(), fields), payload, random() % 64);
  }
}

} // namespace
