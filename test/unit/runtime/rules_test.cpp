// The last rule that matches decides, and the list does not grow with toggling.
#include "rules.h"

#include <gtest/gtest.h>

#include <cstring>

using trace::Rules;

namespace {

bool add(Rules &rules, const char *pattern, bool on) {
  if (!rules.reserve())
    return false;
  rules.add({strdup(pattern), on});
  return true;
}

TEST(Rules, TheLastMatchDecides) {
  Rules rules;
  EXPECT_FALSE(rules.wants("a", "b"));
  ASSERT_TRUE(add(rules, "a:*", true));
  ASSERT_TRUE(add(rules, "a:b", false));
  EXPECT_TRUE(rules.wants("a", "c"));
  EXPECT_FALSE(rules.wants("a", "b"));
  ASSERT_TRUE(add(rules, "a:*", true));
  EXPECT_TRUE(rules.wants("a", "b"));
}

TEST(Rules, TogglingDoesNotMakeThemGrow) {
  Rules rules;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(add(rules, "a:*", true));
    ASSERT_TRUE(add(rules, "b:*", true));
    ASSERT_TRUE(add(rules, "b:*", false));
    ASSERT_TRUE(add(rules, "a:*", false));
  }
  EXPECT_TRUE(rules.empty());
}

TEST(Rules, ADisableBeforeAnyEnableIsForgotten) {
  Rules rules;
  ASSERT_TRUE(add(rules, "a", false));
  EXPECT_TRUE(rules.empty());
  ASSERT_TRUE(add(rules, "*", true));
  EXPECT_TRUE(rules.wants("a", "x"));
}

} // namespace
