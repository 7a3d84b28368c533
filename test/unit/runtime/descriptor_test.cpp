// A damaged descriptor is refused, never followed out of its bounds.
#include "descriptor.h"

#include "event_builder.h"

#include <gtest/gtest.h>

using namespace trace;

namespace {

EventBuilder sample() {
  return EventBuilder("%d", {integer("number", 4, true),
                             {"kind", TRACE_FIELD_ENUM, 4, 0, {{1, "one"}}}});
}

bool is_valid(EventBuilder &builder) {
  return !event_defect(&builder.event(), builder.size());
}

TEST(Descriptor, AGoodOneIsAccepted) {
  EventBuilder builder = sample();
  EXPECT_TRUE(is_valid(builder));
  EXPECT_EQ(event_name(builder.event()), std::string("name"));
  EXPECT_EQ(event_fields(builder.event()).size(), 2u);
}

TEST(Descriptor, SizeAndVersion) {
  EventBuilder builder = sample();
  EXPECT_TRUE(event_defect(&builder.event(), builder.size() - 8));
  EXPECT_TRUE(event_defect(&builder.event(), 8));
  for (const uint32_t size : {0u, 8u, 41u, 0xffffffffu}) {
    EventBuilder bad = sample();
    bad.event().size = size;
    EXPECT_FALSE(is_valid(bad)) << size;
  }
  builder.event().version = TRACE_LAYOUT_VERSION + 1;
  EXPECT_FALSE(is_valid(builder));
}

TEST(Descriptor, DeclaredAlike) {
  const auto alike = [](auto change) {
    EventBuilder a = sample(), b = sample();
    change(b);
    return event_declared_alike(a.event(), b.event());
  };
  EXPECT_TRUE(alike([](auto &b) { b.event().line = 7; }));
  EXPECT_TRUE(alike([](auto &b) { b.event().flags |= TRACE_EVENT_USDT; }));
  EXPECT_TRUE(alike([](auto &b) { b.event().format_at = 0; }));
  EXPECT_FALSE(alike([](auto &b) { b.event().flags |= TRACE_EVENT_FUNCTION; }));
  EXPECT_FALSE(alike([](auto &b) { b.event().field_count = 1; }));
  EXPECT_FALSE(alike([](auto &b) { b.event().name_at = b.event().system_at; }));
  EXPECT_FALSE(alike([](auto &b) { b.field(0).size = 8; }));
  EXPECT_FALSE(alike([](auto &b) { b.field(0).flags = 0; }));
  EXPECT_FALSE(alike([](auto &b) { b.field(1).kind = TRACE_FIELD_INTEGER; }));
  EXPECT_FALSE(alike([](auto &b) { b.field(1).type_at = b.field(0).name_at; }));
}

TEST(Descriptor, EveryOffsetIsChecked) {
  const auto breaks = [](auto change) {
    EventBuilder builder = sample();
    change(builder);
    return !is_valid(builder);
  };
  for (const uint32_t at : {1u, 0x10000u, 0xffffffffu}) {
    EXPECT_TRUE(breaks([&](auto &b) { b.event().name_at = at; }));
    EXPECT_TRUE(breaks([&](auto &b) { b.event().system_at = at; }));
    EXPECT_TRUE(breaks([&](auto &b) { b.event().format_at = at; }));
    EXPECT_TRUE(breaks([&](auto &b) { b.event().file_at = at; }));
    EXPECT_TRUE(breaks([&](auto &b) { b.event().fields_at = at; }));
    EXPECT_TRUE(breaks([&](auto &b) { b.field(0).name_at = at; }));
    EXPECT_TRUE(breaks([&](auto &b) { b.field(0).type_at = at; }));
    EXPECT_TRUE(breaks([&](auto &b) { b.field(1).enumerators_at = at; }));
  }
  EXPECT_TRUE(breaks([](auto &b) { b.event().field_count = 0xffff; }));
  EXPECT_TRUE(
      breaks([](auto &b) { b.field(1).enumerator_count = 0x10000000; }));
  EXPECT_TRUE(breaks([](auto &b) { b.field(0).kind = 99; }));
  EXPECT_TRUE(breaks([](auto &b) { b.field(0).size = 3; }));
}

} // namespace
