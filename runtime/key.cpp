#include "key.h"

#include "error.h"
#include "patch.h"

#include <cerrno>
#include <climits>

namespace trace {
namespace {

/// Whether the key may count by `delta`. 0 or -errno.
int check_count(int32_t enabled, int delta) {
  if (delta < 0 && enabled <= 0)
    return fail(EINVAL,
                "the key is not enabled; disable only what was enabled");
  if (delta > 0 && enabled == INT_MAX)
    return fail(EOVERFLOW, "the key is enabled too often");
  return 0;
}

int collect_key(const Images &images, const trace_key *key, bool on,
                Array<SiteChange> &changes) {
  for (Image *image : images.all()) {
    if (!image->usable())
      continue;
    const SiteTable *table = image->table();
    if (!table)
      return fail_no_memory();
    for (const Site &site : table->sites_of(key)) {
      const auto state =
          on != site.branch ? arch::SiteState::jump : arch::SiteState::nop;
      if (const int error = collect_site(*image, site, state, changes))
        return error;
    }
  }
  return 0;
}

} // namespace

int keys_change(const Images &images, std::span<const KeyChange> changes) {
  Array<SiteChange> sites;
  for (const KeyChange &change : changes) {
    const int32_t enabled = key_enabled(*change.key);
    if (const int error = check_count(enabled, change.delta))
      return error;
    const bool was_on = enabled > 0;
    const bool is_on = enabled + change.delta > 0;
    if (was_on == is_on)
      continue;
    if (const int error = collect_key(images, change.key, is_on, sites))
      return error;
  }
  if (const int error = patch(sites))
    return error;
  for (const KeyChange &change : changes)
    __atomic_fetch_add(&change.key->enabled, change.delta, __ATOMIC_RELEASE);
  return 0;
}

} // namespace trace
