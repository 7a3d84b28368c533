#include "filter.h"

#include "pattern.h"
#include "value.h"

#include <bit>

namespace trace {
namespace {

template <typename T>
bool compare(FilterRelation relation, const T &a, const T &b) {
  switch (relation) {
  case FilterRelation::equal:
    return a == b;
  case FilterRelation::unequal:
    return a != b;
  case FilterRelation::less:
    return a < b;
  case FilterRelation::less_or_equal:
    return a <= b;
  case FilterRelation::greater:
    return a > b;
  case FilterRelation::greater_or_equal:
    return a >= b;
  default:
    return false;
  }
}

bool compare_text(const Filter &filter, const FilterStep &step,
                  std::string_view text) {
  switch (step.relation) {
  case FilterRelation::matches:
    return glob_matches(filter.text_of(step), text);
  case FilterRelation::matches_not:
    return !glob_matches(filter.text_of(step), text);
  default:
    return compare(step.relation, text, filter.text_of(step));
  }
}

bool compare_number(const FilterStep &step, uint64_t bits) {
  if (step.relation == FilterRelation::shares_bit)
    return bits & step.bits;
  if (step.type == FilterType::is_signed)
    return compare(step.relation, static_cast<int64_t>(bits),
                   static_cast<int64_t>(step.bits));
  return compare(step.relation, bits, step.bits);
}

bool is_negative(FilterRelation relation) {
  return relation == FilterRelation::unequal ||
         relation == FilterRelation::matches_not;
}

bool compare_field(const Filter &filter, const FilterStep &step,
                   const trace_event &event, std::span<const uint8_t> payload) {
  ValueReader reader(event, payload);
  Value value;
  for (unsigned i = 0; i <= step.field && !reader.at_end(); ++i)
    value = reader.next();
  if (value.missing || value.state == TRACE_STRING_NULL ||
      value.state == TRACE_STRING_BAD)
    return is_negative(step.relation);
  if (step.type == FilterType::text)
    return compare_text(filter, step, value.string);
  if (step.type == FilterType::real)
    return compare(step.relation, value.as_double(),
                   std::bit_cast<double>(step.bits));
  return compare_number(step, value.bits);
}

bool compare_step(const Filter &filter, const FilterStep &step,
                  const trace_event &event, std::span<const uint8_t> payload,
                  const FilterThread &thread) {
  switch (step.source) {
  case FilterSource::comm:
    return compare_text(filter, step, thread.comm);
  case FilterSource::pid:
    return compare_number(step, thread.pid);
  case FilterSource::tid:
    return compare_number(step, thread.tid);
  case FilterSource::cpu:
    return compare_number(step, thread.cpu);
  case FilterSource::field:
    break;
  }
  return compare_field(filter, step, event, payload);
}

} // namespace

bool filter_passes(const Filter &filter, const trace_event &event,
                   std::span<const uint8_t> payload,
                   const FilterThread &thread) {
  bool so_far = true;
  for (size_t i = 0; i < filter.step_count;) {
    const FilterStep &step = filter.steps[i++];
    switch (step.action) {
    case FilterAction::compare:
      so_far = compare_step(filter, step, event, payload, thread);
      break;
    case FilterAction::negate:
      so_far = !so_far;
      break;
    case FilterAction::skip_if_true:
    case FilterAction::skip_if_false:
      if (so_far == (step.action == FilterAction::skip_if_true))
        i = step.next;
      break;
    }
  }
  return so_far;
}

} // namespace trace
