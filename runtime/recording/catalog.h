/// The events of this process that are recorded: their ids, and what readers
/// need to know of them. Under the lock, but for current().
#ifndef TRACE_RUNTIME_RECORDING_CATALOG_H
#define TRACE_RUNTIME_RECORDING_CATALOG_H

#include "../array.h"

#include <trace/recording.h>

#include <string_view>

namespace trace {

/// What a process writes into `events` and `metadata`. Does not change once it
/// is published.
struct CatalogText {
  std::string_view events;   ///< trace_event_entry's
  std::string_view metadata; ///< the event classes
};

class Catalog {
public:
  /// The event's id, new if no event like it was seen: an image that is loaded
  /// again has the same ids. 0: no memory, or no id left.
  uint32_t id_of(const trace_event &event);

  /// Takes over what another has written into `events`, as far as it is new.
  /// False: no memory, or it is damaged.
  [[nodiscard]] bool read(std::string_view events);

  /// Whether there are events that publish() has not seen.
  bool has_news() const { return events_.size() != published_bytes_; }

  /// All so far, as in `events`.
  std::string_view events() const { return {events_.begin(), events_.size()}; }
  std::string_view metadata() const {
    return {metadata_.begin(), metadata_.size()};
  }

  /// Makes all events so far what current() has. False: no memory.
  [[nodiscard]] bool publish();

  /// Async-signal-safe: a fork's child, or one made by a raw system call while
  /// another thread held the lock, reads it without the lock. It is the whole
  /// of some publish().
  static CatalogText current();

private:
  struct Known {
    uint64_t hash;
    size_t at; ///< of its entry in events_
  };
  bool same(const Known &known, const trace_event &event, uint64_t hash) const;
  bool add(const trace_event &event, uint32_t id);

  Array<Known> known_;    ///< by id - 1
  Array<uint32_t> table_; ///< open addressing: ids; 0: free
  Array<char> events_, metadata_;
  size_t published_bytes_ = 0;
  bool grow_table();
};

} // namespace trace

#endif
