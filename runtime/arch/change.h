/// How a site may look, and its change from one form to another.
#ifndef TRACE_RUNTIME_ARCH_CHANGE_H
#define TRACE_RUNTIME_ARCH_CHANGE_H

#include "arch.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
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

/// As one number, the first byte lowest.
inline uint64_t number_of(const Instruction &instruction) {
  uint64_t number;
  static_assert(sizeof number == sizeof instruction);
  memcpy(&number, instruction.bytes, sizeof number);
  if constexpr (std::endian::native == std::endian::big)
    number = __builtin_bswap64(number);
  return number;
}

inline bool are_equal(const Instruction &a, const Instruction &b) {
  return number_of(a) == number_of(b);
}

inline bool is_in_state(const Forms &forms, SiteState state,
                        const Instruction &found) {
  if (state == SiteState::jump)
    return are_equal(found, forms.jump);
  return are_equal(found, forms.nop) || are_equal(found, forms.nop_after);
}

/// What a change to `state` writes.
inline const Instruction &form_of(const Forms &forms, SiteState state) {
  return state == SiteState::jump ? forms.jump : forms.nop_after;
}

struct SiteChange {
  uint64_t address;
  Instruction from, to;
};

/// Whether all bytes that differ lie within one aligned word.
inline bool is_in_word(const SiteChange &change) {
  const uint64_t differs = number_of(change.from) ^ number_of(change.to);
  if (differs == 0)
    return true;
  const auto first = static_cast<size_t>(std::countr_zero(differs)) / 8;
  const auto end = (static_cast<size_t>(std::bit_width(differs)) + 7) / 8;
  return is_in_word(change.address + first, end - first);
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
