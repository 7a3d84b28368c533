/// The traced images of the process: the executable and shared objects that
/// carry a trace note.
#ifndef TRACE_RUNTIME_IMAGE_H
#define TRACE_RUNTIME_IMAGE_H

#include "array.h"
#include "event_index.h"
#include "table.h"

#include <trace/layout.h>

#include <cstdint>
#include <span>

namespace trace {

struct Image {
  const trace_note *note = nullptr;
  uintptr_t base = 0; ///< added to the addresses of its file
  char *name = nullptr;
  /// Why nothing in it can be traced; null if it can. Was warned about.
  const char *defect = nullptr;
  /// Another copy of the run-time library has it (one was linked in, one
  /// preloaded); its sites are that one's to patch.
  bool foreign = false;
  bool seen = false; ///< by the scan that runs
  bool fresh = true; ///< what was enabled earlier isn't in it yet

  Array<AddressRange> code;     ///< executable segments
  Array<AddressRange> readable; ///< all segments
  EventRange events = {};
  std::span<const trace_jump_entry> jump_table;
  trace_image *record = nullptr;

  bool usable() const { return !defect && !foreign; }

  /// Its sites by key; the index is made on first use. Null: no memory.
  const SiteTable *table();

  /// Its events by name; made on first use. Null: no memory.
  EventIndex *event_index();

  ~Image() { free(name); }

private:
  SiteTable table_;
  EventIndex event_index_;
  bool table_built_ = false;
  bool event_index_built_ = false;
};

/// Owned by the state behind the lock; nothing here locks.
class Images {
public:
  /// Looks which images are loaded now. Those that went are forgotten, those
  /// that came get their image record filled in. Sets `changed` if there were
  /// any. Cheap while nothing was loaded or unloaded. 0 or -errno.
  int refresh(bool &changed);

  std::span<Image *const> all() const {
    return {images_.begin(), images_.size()};
  }

private:
  Array<Image *> images_;
  unsigned long long adds_ = 0, subs_ = 0;
  bool scanned_ = false;

  friend struct ImageScan;
};

} // namespace trace

#endif
