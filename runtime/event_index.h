/// The events of one image, found by name or system whatever their number.
#ifndef TRACE_RUNTIME_EVENT_INDEX_H
#define TRACE_RUNTIME_EVENT_INDEX_H

#include "array.h"
#include "descriptor.h"

#include <cstdint>
#include <string_view>

namespace trace {

/// The events of an image, back to back.
struct EventRange {
  struct Iterator {
    const trace_event *at;
    const trace_event &operator*() const { return *at; }
    Iterator &operator++() {
      at = event_next(at);
      return *this;
    }
    bool operator!=(const Iterator &other) const { return at != other.at; }
  };
  const trace_event *first, *last;
  Iterator begin() const { return {first}; }
  Iterator end() const { return {last}; }
};

class EventIndex {
public:
  /// False: no memory.
  [[nodiscard]] bool build(EventRange events);

  /// Calls `found` with each event of the name, or of the system.
  template <typename Found> void named(std::string_view name, Found found) {
    names_.for_each(*this, name, found);
  }
  template <typename Found> void of(std::string_view system, Found found) {
    systems_.for_each(*this, system, found);
  }

private:
  struct Entry {
    const trace_event *event;
    uint32_t next[2]; ///< of its chain in either table; an index + 1, 0: none
  };

  /// Chains of entries by the hash of one of their texts.
  class Table {
  public:
    Table(unsigned which, const char *(*text)(const trace_event &))
        : which_(which), text_(text) {}
    [[nodiscard]] bool build(Array<Entry> &entries);

    template <typename Found>
    void for_each(const EventIndex &index, std::string_view text, Found found) {
      if (heads_.size() == 0)
        return;
      uint32_t at = heads_[hash(text) % heads_.size()];
      for (; at; at = index.entries_[at - 1].next[which_])
        if (text_(*index.entries_[at - 1].event) == text)
          found(*index.entries_[at - 1].event);
    }

  private:
    static uint32_t hash(std::string_view text);
    unsigned which_;
    const char *(*text_)(const trace_event &);
    Array<uint32_t> heads_;
  };

  Array<Entry> entries_;
  Table names_{0, event_name};
  Table systems_{1, event_system};
};

} // namespace trace

#endif
