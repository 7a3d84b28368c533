// The index finds each event by its whole name and by its whole system, in the
// image's order, and nothing by a part of either.
#include "event_index.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

using namespace trace;

namespace {

/// Descriptors, back to back.
class Events {
public:
  void add(const std::string &system, const std::string &name) {
    trace_event event = {};
    const size_t text = system.size() + 1 + name.size() + 1;
    event.size = static_cast<uint32_t>((sizeof event + text + 7) /
                                       TRACE_EVENT_ALIGN * TRACE_EVENT_ALIGN);
    event.system_at = sizeof event;
    event.name_at = static_cast<uint32_t>(sizeof event + system.size() + 1);
    const size_t at = bytes_.size();
    bytes_.resize(at + event.size);
    memcpy(&bytes_[at], &event, sizeof event);
    memcpy(&bytes_[at + event.system_at], system.c_str(), system.size() + 1);
    memcpy(&bytes_[at + event.name_at], name.c_str(), name.size() + 1);
  }
  EventRange range() const {
    const char *first = bytes_.data();
    return {reinterpret_cast<const trace_event *>(first),
            reinterpret_cast<const trace_event *>(first + bytes_.size())};
  }

private:
  std::vector<char> bytes_;
};

std::string named(EventIndex &index, const char *name) {
  std::string found;
  index.named(name, [&](const trace_event &event) {
    found += std::string(event_system(event)) + ":" + event_name(event) + " ";
  });
  return found;
}

std::string of(EventIndex &index, const char *system) {
  std::string found;
  index.of(system, [&](const trace_event &event) {
    found += std::string(event_system(event)) + ":" + event_name(event) + " ";
  });
  return found;
}

TEST(EventIndex, FindsByNameAndBySystem) {
  Events events;
  events.add("net", "send");
  events.add("disk", "send");
  events.add("net", "receive");
  EventIndex index;
  ASSERT_TRUE(index.build(events.range()));
  EXPECT_EQ(named(index, "send"), "net:send disk:send ");
  EXPECT_EQ(named(index, "sen"), "");
  EXPECT_EQ(named(index, "net"), "");
  EXPECT_EQ(of(index, "net"), "net:send net:receive ");
  EXPECT_EQ(of(index, "ne"), "");
}

TEST(EventIndex, AnImageMayHaveNoEvents) {
  EventIndex index;
  ASSERT_TRUE(index.build(Events().range()));
  EXPECT_EQ(named(index, "send"), "");
}

TEST(EventIndex, FindsEachOfMany) {
  Events events;
  for (int i = 0; i < 5000; ++i)
    events.add("many", "e" + std::to_string(i));
  EventIndex index;
  ASSERT_TRUE(index.build(events.range()));
  for (int i = 0; i < 5000; ++i) {
    const std::string name = "e" + std::to_string(i);
    EXPECT_EQ(named(index, name.c_str()), "many:" + name + " ");
  }
}

} // namespace
