/// Events of the loaded images: finding them, and bringing their keys in line
/// with what is wanted.
#ifndef TRACE_RUNTIME_EVENT_H
#define TRACE_RUNTIME_EVENT_H

#include "image.h"
#include "probe.h"
#include "rules.h"

#include <span>
#include <string_view>

namespace trace {

struct EventInImage {
  Image *image;
  const trace_event *event;
  std::string_view condition = {}; ///< under which it is wanted; empty: always
  size_t place = 0;                ///< of what names it in the pattern
};

/// Appends the events that the pattern names, each once, in no order, under the
/// condition of the last part that names it. Those that it names in full are
/// looked up; a wildcard makes it look at all. False: no memory.
[[nodiscard]] bool events_select(const Images &images, std::string_view pattern,
                                 Array<EventInImage> &selected);

/// The same for the events that a registration wants.
[[nodiscard]] bool events_select(const Images &images,
                                 const Registration &registration,
                                 Array<EventInImage> &selected);

/// Makes the events recorded, under their conditions, or not, in one batch of
/// patches. 0, or -errno and nothing has changed.
int events_record(const Images &all, std::span<const EventInImage> events,
                  bool on);

/// What makes an event wanted.
struct Wishes {
  const Rules &rules; ///< recording
  const Rules &snapshots;
  std::span<const Registration> probes;
};

/// Makes each of the events wanted exactly as `wishes` say. As events_record.
int events_reconcile(const Images &all, std::span<const EventInImage> events,
                     const Wishes &wishes);

/// Appends all events of the image. False: no memory.
[[nodiscard]] bool events_of(Image &image, Array<EventInImage> &events);

} // namespace trace

#endif
