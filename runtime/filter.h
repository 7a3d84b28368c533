/// A condition on an event's fields, behind `if` in a pattern:
///
///   condition   comparison   ! condition   ( condition )
///               condition && condition   condition || condition
///   comparison  field operator value
///   operator    == !=            numbers, strings
///               < <= > >=        numbers
///               &                numbers: whether they share a bit
///               ~ !~             strings: whether the glob (pattern.h) matches
///   value       17  -1  0x1f  1.5  "text"  true  NAME  NAME|NAME
///
/// A NAME is an enumerator of the field. `comm`, `pid`, `tid` and `cpu` are the
/// thread's, unless the event has a field of that name. A null pointer for a
/// string equals no text.
///
/// Pure functions. filter_passes is async-signal-safe, allocates nothing and
/// runs each step of a filter once at most.
#ifndef TRACE_RUNTIME_FILTER_H
#define TRACE_RUNTIME_FILTER_H

#include <trace/attach.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace trace {

inline constexpr size_t filter_steps_max = 64;
inline constexpr size_t filter_text_bytes_max = 512;

enum class FilterAction : uint8_t {
  compare,
  negate,
  skip_if_true,
  skip_if_false
};
enum class FilterRelation : uint8_t {
  equal,
  unequal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  shares_bit,
  matches,
  matches_not,
};
enum class FilterSource : uint8_t { field, comm, pid, tid, cpu };
enum class FilterType : uint8_t { is_signed, is_unsigned, real, text };

/// Changes, or decides by, the truth value of what came before.
struct FilterStep {
  FilterAction action = FilterAction::compare;
  FilterRelation relation = FilterRelation::equal;
  FilterSource source = FilterSource::field;
  FilterType type = FilterType::is_signed;
  uint16_t field = 0; ///< its number
  uint16_t next = 0;  ///< where a skip goes on; always further on
  uint16_t text_at = 0, text_bytes = 0;
  uint64_t bits = 0; ///< the number, as a field's (value.h); or the double's
};

struct Filter {
  uint16_t step_count = 0;
  uint16_t text_bytes = 0;
  bool uses_thread = false; ///< comm, pid, tid or cpu
  FilterStep steps[filter_steps_max];
  char text[filter_text_bytes_max]; ///< of the comparisons with strings

  std::string_view text_of(const FilterStep &step) const {
    return {text + step.text_at, step.text_bytes};
  }
};

// A tool writes it into the process (trace/attach.h).
static_assert(sizeof(Filter) <= sizeof(trace_filter_words) &&
              alignof(Filter) <= alignof(trace_filter_words));

/// What is wrong with a condition, and where in it.
struct FilterError {
  size_t at = 0;
  char text[256] = ""; ///< empty: nothing
};

/// Compiles the condition for the event. Without an event only its form is
/// checked. False: `error` says why.
[[nodiscard]] bool filter_compile(std::string_view condition,
                                  const trace_event *event, Filter &filter,
                                  FilterError &error);

/// Of the thread that the event occurs in.
struct FilterThread {
  std::string_view comm;
  uint32_t pid = 0, tid = 0, cpu = 0;
};

/// Whether a record of the event that `filter` was compiled for passes.
/// `thread` is asked for if the filter uses it.
bool filter_passes(const Filter &filter, const trace_event &event,
                   std::span<const uint8_t> payload,
                   const FilterThread &thread);

} // namespace trace

#endif
