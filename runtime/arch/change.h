/// How a site may look, and its change from one form to another.
#ifndef TRACE_RUNTIME_ARCH_CHANGE_H
#define TRACE_RUNTIME_ARCH_CHANGE_H

#include "arch.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace trace::arch {

struct Forms {
  Instruction nop;       ///< as the compiler left it
  Instruction jump;      ///< on
  Instruction nop_after; ///< off again
};

inline EncodeResult encode_forms(const Architecture &set, uint64_t site,
                                 uint64_t target, Forms &forms) {
  EncodeResult result = set.encode(site, target, SiteState::nop, forms.nop);
  if (result == EncodeResult::ok)
    result = set.encode(site, target, SiteState::jump, forms.jump);
  if (result == EncodeResult::ok)
    forms.nop_after =
        set.nop_after ? set.nop_after(site, forms.jump) : forms.nop;
  return result;
}

inline bool are_equal(const Architecture &set, const Instruction &a,
                      const Instruction &b) {
  return std::equal(a.bytes, a.bytes + set.site_bytes, b.bytes);
}

inline bool is_in_state(const Architecture &set, const Forms &forms,
                        SiteState state, const Instruction &found) {
  if (state == SiteState::jump)
    return are_equal(set, found, forms.jump);
  return are_equal(set, found, forms.nop) ||
         are_equal(set, found, forms.nop_after);
}

/// What a change to `state` writes.
inline const Instruction &form_of(const Forms &forms, SiteState state) {
  return state == SiteState::jump ? forms.jump : forms.nop_after;
}

struct SiteChange {
  uint64_t address;
  Instruction from, to; ///< zero beyond the site's bytes
};

/// Whether all bytes that differ lie within one aligned word.
inline bool is_in_word(const SiteChange &change) {
  size_t first = site_bytes_max, end = 0;
  for (size_t i = 0; i < site_bytes_max; ++i)
    if (change.from.bytes[i] != change.to.bytes[i]) {
      first = std::min(first, i);
      end = i + 1;
    }
  return end == 0 || is_in_word(change.address + first, end - first);
}

/// The steps for a batch.
inline std::span<const Step> steps_for(const Architecture &set,
                                       std::span<const SiteChange> changes) {
  const bool in_word =
      !set.steps_in_word.empty() &&
      std::ranges::all_of(
          changes, [](const SiteChange &change) { return is_in_word(change); });
  return in_word ? set.steps_in_word : set.steps;
}

} // namespace trace::arch

#endif
