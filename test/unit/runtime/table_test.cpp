// The site table groups sites by key and leaves out entries of dead code.
#include "table.h"

#include <gtest/gtest.h>

using namespace trace;

namespace {

char code[64];
trace_key keys[2];

trace_jump_entry entries[4];

void point(trace_jump_entry &entry, const void *site, const void *target,
           const trace_key &key, bool branch) {
  const auto relative = [](const void *to, const void *from) {
    return static_cast<const char *>(to) - static_cast<const char *>(from);
  };
  entry.code = static_cast<int32_t>(relative(site, &entry.code));
  entry.target = static_cast<int32_t>(relative(target, &entry.target));
  entry.key = relative(&key, &entry.key) + branch;
}

AddressRange code_range() {
  const auto begin = reinterpret_cast<uintptr_t>(code);
  return {begin, begin + sizeof code};
}

TEST(SiteTable, GroupsByKeyAndSkipsDeadCode) {
  point(entries[0], code + 16, code + 40, keys[1], true);
  point(entries[1], code + 0, code + 40, keys[0], false);
  point(entries[2], code + 8, code + 48, keys[1], false);
  point(entries[3], keys, code + 48, keys[1], false); // not code
  SiteTable table;
  const AddressRange range = code_range();
  ASSERT_TRUE(table.build(entries, {&range, 1}, 5));

  const auto first = table.sites_of(&keys[0]);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].code, range.begin);
  EXPECT_EQ(first[0].target, range.begin + 40);
  EXPECT_FALSE(first[0].branch);

  const auto second = table.sites_of(&keys[1]);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[0].code, range.begin + 8);
  EXPECT_EQ(second[1].code, range.begin + 16);
  EXPECT_TRUE(second[1].branch);
  EXPECT_TRUE(table.sites_of(keys + 2).empty());
}

TEST(SiteTable, ASiteMustFitIntoTheCode) {
  point(entries[0], code + sizeof code - 4, code, keys[0], false);
  SiteTable table;
  const AddressRange range = code_range();
  ASSERT_TRUE(table.build({entries, 1}, {&range, 1}, 5));
  EXPECT_TRUE(table.sites_of(&keys[0]).empty());
}

TEST(AddressRange, Bounds) {
  const AddressRange range = {100, 110};
  EXPECT_TRUE(range.contains(100, 10));
  EXPECT_TRUE(range.contains(110, 0));
  EXPECT_FALSE(range.contains(100, 11));
  EXPECT_FALSE(range.contains(99, 1));
  EXPECT_FALSE(range.contains(105, static_cast<size_t>(-1)));
}

} // namespace
