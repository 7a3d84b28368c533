/// Changing sites under running threads, a batch at a time.
#ifndef TRACE_RUNTIME_PATCH_H
#define TRACE_RUNTIME_PATCH_H

#include "arch/change.h"
#include "array.h"
#include "table.h"

#include <cstdint>

namespace trace {

struct Image;

/// Adds the change that brings `site` into `state`, if it isn't. Refused if
/// the site holds none of its forms. 0 or -errno.
int collect_site(const Image &image, const Site &site, arch::SiteState state,
                 Array<arch::SiteChange> &changes);

/// Does all changes, or none. Sorts them. 0 or -errno.
int patch(Array<arch::SiteChange> &changes);

} // namespace trace

#endif
