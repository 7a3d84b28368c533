// The last rule that matches decides, and the list does not grow with toggling.
#include "rules.h"

#include <gtest/gtest.h>

using trace::Rules;

namespace {

TEST(Rules, TheLastMatchDecides) {
  Rules rules;
  EXPECT_FALSE(rules.wants("a", "b"));
  ASSERT_TRUE(rules.add("a:*", true));
  ASSERT_TRUE(rules.add("a:b", false));
  EXPECT_TRUE(rules.wants("a", "c"));
  EXPECT_FALSE(rules.wants("a", "b"));
  ASSERT_TRUE(rules.add("a:*", true));
  EXPECT_TRUE(rules.wants("a", "b"));
}

TEST(Rules, TogglingDoesNotMakeThemGrow) {
  Rules rules;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(rules.add("a:*", true));
    ASSERT_TRUE(rules.add("b:*", true));
    ASSERT_TRUE(rules.add("b:*", false));
    ASSERT_TRUE(rules.add("a:*", false));
  }
  EXPECT_TRUE(rules.empty());
}

TEST(Rules, ADisableBeforeAnyEnableIsForgotten) {
  Rules rules;
  ASSERT_TRUE(rules.add("a", false));
  EXPECT_TRUE(rules.empty());
  ASSERT_TRUE(rules.add("*", true));
  EXPECT_TRUE(rules.wants("a", "x"));
}

TEST(Rules, ACopyIsIndependent) {
  Rules rules, copy;
  ASSERT_TRUE(rules.add("a", true));
  ASSERT_TRUE(copy.copy_from(rules));
  ASSERT_TRUE(copy.add("a", false));
  EXPECT_TRUE(rules.wants("a", "x"));
  EXPECT_FALSE(copy.wants("a", "x"));
}

} // namespace
