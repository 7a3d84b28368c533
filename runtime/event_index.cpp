#include "event_index.h"

namespace trace {

uint32_t EventIndex::Table::hash(std::string_view text) {
  uint32_t value = 2166136261U; // FNV-1a
  for (const char c : text)
    value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
  return value;
}

// From the last to the first, so that chains are in the image's order.
bool EventIndex::Table::build(Array<Entry> &entries) {
  if (!heads_.resize(entries.size()))
    return false;
  for (size_t i = entries.size(); i-- > 0;) {
    uint32_t &head = heads_[hash(text_(*entries[i].event)) % heads_.size()];
    entries[i].next[which_] = head;
    head = static_cast<uint32_t>(i + 1);
  }
  return true;
}

bool EventIndex::build(EventRange events) {
  for (const trace_event &event : events)
    if (!entries_.push({&event, {0, 0}}))
      return false;
  return names_.build(entries_) && systems_.build(entries_);
}

} // namespace trace
