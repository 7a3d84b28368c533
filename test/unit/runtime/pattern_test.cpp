// Patterns name the events that ftrace's set_event would, and bad ones are
// told apart.
#include "pattern.h"

#include <gtest/gtest.h>

#include <string>

using namespace trace;

namespace {

bool matches(const char *list) {
  return pattern_matches(list, "binder", "binder_ioctl");
}

TEST(Pattern, ColonSeparatesSystemAndName) {
  EXPECT_TRUE(matches("binder:binder_ioctl"));
  EXPECT_TRUE(matches("binder:*"));
  EXPECT_TRUE(matches("bin*:*_ioctl"));
  EXPECT_FALSE(matches("binder:binder"));
  EXPECT_FALSE(matches("other:binder_ioctl"));
}

TEST(Pattern, AWordIsASystemOrAnEvent) {
  EXPECT_TRUE(matches("binder"));
  EXPECT_TRUE(matches("binder_ioctl"));
  EXPECT_TRUE(matches("*ioctl"));
  EXPECT_TRUE(matches("*"));
  EXPECT_FALSE(matches("ioctl"));
  EXPECT_FALSE(matches("binde"));
}

TEST(Pattern, AnEmptySideIsAnything) {
  EXPECT_TRUE(matches("binder:"));
  EXPECT_TRUE(matches(":binder_ioctl"));
  EXPECT_FALSE(matches("binde:"));
  EXPECT_FALSE(matches(":ioctl"));
}

TEST(Pattern, SeveralPartsBySeparators) {
  EXPECT_TRUE(matches("a:b,binder:*"));
  EXPECT_TRUE(matches("  a:b \t binder:*\n"));
  EXPECT_TRUE(matches("a,,binder"));
  EXPECT_FALSE(matches("a:b c:d,e"));
  EXPECT_FALSE(matches(""));
}

TEST(Pattern, ANameMayHoldColons) {
  EXPECT_TRUE(pattern_matches("app:Server::run", "app", "Server::run"));
  EXPECT_TRUE(pattern_matches("app:*::run", "app", "Server::run"));
}

TEST(Glob, StarsBacktrack) {
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("a*b*c", "aXXbYYbZZc"));
  EXPECT_TRUE(glob_matches("*ab", "aab"));
  EXPECT_TRUE(glob_matches("**a**", "a"));
  EXPECT_FALSE(glob_matches("a*b", "a"));
  EXPECT_FALSE(glob_matches("", "a"));
  const std::string text(10000, 'a');
  EXPECT_FALSE(glob_matches("*a*a*a*a*a*a*b", text));
}

TEST(Glob, QuestionMarksAndBrackets) {
  EXPECT_TRUE(glob_matches("a?c", "abc"));
  EXPECT_FALSE(glob_matches("a?c", "ac"));
  EXPECT_TRUE(glob_matches("[a-c]x[!0-9]", "bxz"));
  EXPECT_FALSE(glob_matches("[a-c]x[!0-9]", "bx5"));
  EXPECT_TRUE(glob_matches("[^a]", "b"));
  EXPECT_TRUE(glob_matches("[]]", "]"));
  EXPECT_TRUE(glob_matches("[!]]", "a"));
  EXPECT_TRUE(glob_matches("[a-]", "-"));
  EXPECT_FALSE(glob_matches("[a]", ""));
}

TEST(Glob, ABackslashTakesTheMeaningAway) {
  EXPECT_TRUE(glob_matches("a\\*", "a*"));
  EXPECT_FALSE(glob_matches("a\\*", "ab"));
  EXPECT_TRUE(glob_matches("\\[x", "[x"));
}

TEST(PatternDefect, BadOnesAreTold) {
  EXPECT_EQ(pattern_defect("a:b, c*"), nullptr);
  EXPECT_EQ(pattern_defect("a[bc]:d\\*"), nullptr);
  EXPECT_NE(pattern_defect(""), nullptr);
  EXPECT_NE(pattern_defect(" , "), nullptr);
  EXPECT_NE(pattern_defect(":"), nullptr);
  EXPECT_NE(pattern_defect("ok a[b"), nullptr);
  EXPECT_NE(pattern_defect("a["), nullptr);
  EXPECT_NE(pattern_defect("a[]"), nullptr);
  EXPECT_NE(pattern_defect("a\\"), nullptr);
}

TEST(Pattern, BadGlobsAreHarmless) {
  for (const char *bad : {"[", "[!", "[]", "[a", "\\", "a\\", "[a-", "*["})
    glob_matches(bad, "anything");
}

std::string key(const char *part) {
  const PatternKey key = pattern_key(part);
  return std::string(key.system) + "|" + std::string(key.name) +
         (key.either ? "|either" : "");
}

TEST(Pattern, KeyIsWhatHasNoWildcard) {
  EXPECT_EQ(key("binder:ioctl"), "binder|ioctl");
  EXPECT_EQ(key("binder:io*"), "binder|");
  EXPECT_EQ(key("b?nder:ioctl"), "|ioctl");
  EXPECT_EQ(key("b[i]nder:\\ioctl"), "|");
  EXPECT_EQ(key("binder:"), "binder|");
  EXPECT_EQ(key(":ioctl"), "|ioctl");
  EXPECT_EQ(key("word"), "word|word|either");
  EXPECT_EQ(key("*"), "||either");
}

TEST(Pattern, ConditionGoesOnToTheNextComma) {
  std::string_view list = "a:b if x == 1 && s ~ \"y,\\\"z\", c if(n<2),if d";
  std::string_view part = pattern_next(list);
  EXPECT_EQ(part, "a:b if x == 1 && s ~ \"y,\\\"z\"");
  EXPECT_EQ(pattern_glob(part), "a:b");
  EXPECT_EQ(pattern_condition(part), "x == 1 && s ~ \"y,\\\"z\"");
  part = pattern_next(list);
  EXPECT_EQ(pattern_glob(part), "c");
  EXPECT_EQ(pattern_condition(part), "(n<2)");
  // A word that begins an item is a name.
  part = pattern_next(list);
  EXPECT_EQ(part, "if");
  EXPECT_EQ(pattern_next(list), "d");
  EXPECT_EQ(pattern_next(list), "");
}

TEST(Pattern, ConditionDoesNotMatch) {
  EXPECT_TRUE(pattern_matches("a:b if c == d", "a", "b"));
  EXPECT_FALSE(pattern_matches("a:b if c == d", "c", "d"));
  EXPECT_EQ(pattern_last_match("a:* if x == 1, a:b if x == 2, q", "a", "b"),
            "a:b if x == 2");
  EXPECT_TRUE(pattern_has_condition("a, b if c == 1"));
  EXPECT_FALSE(pattern_has_condition("a, if"));
  EXPECT_NE(pattern_defect("a if"), nullptr);
  EXPECT_NE(pattern_defect("a[ if x == 1"), nullptr);
  EXPECT_EQ(pattern_defect("a if s == '['"), nullptr);
}

} // namespace
