// Keys count as Linux's do, and a disable below zero is refused.
#include <trace/point.h>

#include <gtest/gtest.h>

#include <cerrno>
#include <climits>
#include <cstring>

namespace {

// Without sites, as in a program that was compiled without the plugin.
TEST(Key, EnablesNest) {
  trace_key key = {};
  EXPECT_EQ(trace_key_enable(&key), 0);
  EXPECT_EQ(trace_key_enable(&key), 0);
  EXPECT_EQ(key.enabled, 2);
  EXPECT_EQ(trace_key_disable(&key), 0);
  EXPECT_EQ(key.enabled, 1);
  EXPECT_EQ(trace_key_disable(&key), 0);
  EXPECT_EQ(key.enabled, 0);
}

TEST(Key, ADisableBelowZeroIsRefused) {
  trace_key key = {};
  EXPECT_EQ(trace_key_disable(&key), -EINVAL);
  EXPECT_EQ(key.enabled, 0);
  EXPECT_NE(strstr(trace_error(), "not enabled"), nullptr);
}

TEST(Key, TheCountDoesNotOverflow) {
  trace_key key = {INT_MAX, 0};
  EXPECT_EQ(trace_key_enable(&key), -EOVERFLOW);
  EXPECT_EQ(key.enabled, INT_MAX);
}

TEST(Key, NullAndMisalignedAreRefused) {
  EXPECT_EQ(trace_key_enable(static_cast<trace_key *>(nullptr)), -EINVAL);
  alignas(8) char bytes[16] = {};
  EXPECT_EQ(trace_key_enable(reinterpret_cast<trace_key *>(bytes + 1)),
            -EINVAL);
}

TEST(Api, BadArgumentsAreRefusedWithTheirReason) {
  EXPECT_EQ(trace_enable(nullptr), -EINVAL);
  EXPECT_EQ(trace_enable("a["), -EINVAL);
  EXPECT_NE(strstr(trace_error(), "a["), nullptr);
  EXPECT_EQ(trace_disable(""), -EINVAL);
  EXPECT_EQ(trace_for_each_event(nullptr, nullptr), -EINVAL);
  EXPECT_EQ(trace_probe_register("*", nullptr, nullptr), -EINVAL);
  EXPECT_EQ(trace_probe_unregister(
                "*", [](void *, const trace_event *, const void *, size_t) {},
                nullptr),
            -ENOENT);
}

} // namespace
