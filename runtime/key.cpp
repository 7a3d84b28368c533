#include "key.h"

#include "error.h"
#include "kept_array.h"
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

/// Collects the changes of sites, a key after the other.
class SiteCollector {
public:
  explicit SiteCollector(const Images &images) : images_(images) {}

  int add(const KeyChange &change, bool on) {
    if (change.image)
      return add(*change.image, change.key, on);
    for (Image *image : images_.all())
      if (image->usable())
        if (const int error = add(*image, change.key, on))
          return error;
    return 0;
  }

  Array<arch::SiteChange> &changes = kept_array<arch::SiteChange>();

private:
  int add(Image &image, const trace_key *key, bool on) {
    const SiteTable *table = image.table();
    if (!table)
      return fail_no_memory();
    if (&image != last_image_)
      next_ = nullptr;
    last_image_ = &image;
    for (const Site &site : table->sites_of(key, next_)) {
      const auto state =
          on != site.branch ? arch::SiteState::jump : arch::SiteState::nop;
      if (const int error = collect_site(image, site, state, changes))
        return error;
    }
    return 0;
  }

  const Images &images_;
  const Image *last_image_ = nullptr;
  const Site *next_ = nullptr;
};

} // namespace

int keys_change(const Images &images, std::span<const KeyChange> changes) {
  SiteCollector sites(images);
  for (const KeyChange &change : changes) {
    const int32_t enabled = key_enabled(*change.key);
    if (const int error = check_count(enabled, change.delta))
      return error;
    const bool was_on = enabled > 0;
    const bool is_on = enabled + change.delta > 0;
    if (was_on == is_on)
      continue;
    if (const int error = sites.add(change, is_on))
      return error;
  }
  if (const int error = patch(sites.changes))
    return error;
  for (const KeyChange &change : changes)
    __atomic_fetch_add(&change.key->enabled, change.delta, __ATOMIC_RELEASE);
  return 0;
}

} // namespace trace
