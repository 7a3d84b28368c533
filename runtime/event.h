/// Events of the loaded images: matching them, and bringing their keys in line
/// with what is wanted.
#ifndef TRACE_RUNTIME_EVENT_H
#define TRACE_RUNTIME_EVENT_H

#include "image.h"
#include "probe.h"
#include "rules.h"

#include <span>
#include <string_view>

namespace trace {

/// What makes an event wanted.
struct Wishes {
  const Rules &rules; ///< recording
  std::span<const Registration> probes;
};

/// How many events of the images the pattern matches.
int events_count(std::span<Image *const> images, std::string_view pattern);

/// Makes each event of `images` wanted exactly as `wishes` say, in one batch
/// of patches. 0, or -errno and nothing has changed.
int events_reconcile(const Images &all, std::span<Image *const> images,
                     const Wishes &wishes);

} // namespace trace

#endif
