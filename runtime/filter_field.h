/// The field that a condition compares: which it is, and with what it can be
/// compared.
#ifndef TRACE_RUNTIME_FILTER_FIELD_H
#define TRACE_RUNTIME_FILTER_FIELD_H

#include "filter.h"

#include <initializer_list>

namespace trace {

/// Where a condition's first error goes.
class FilterErrors {
public:
  explicit FilterErrors(FilterError &error) : error_(error) {}

  /// False, for the caller to return. `at`: where in the condition.
  bool fail(size_t at, std::initializer_list<std::string_view> parts);

private:
  FilterError &error_;
};

/// The functions return false after an error.
class FilterField {
public:
  /// Without an event a field's type isn't known, so all fits.
  FilterField(const trace_event *event, FilterErrors errors)
      : event_(event), errors_(errors) {}

  /// Sets the step's source, field and type; `at` is the name's place.
  bool find(std::string_view name, size_t at, FilterStep &step);

  bool knows_type(const FilterStep &step) const {
    return event_ || step.source != FilterSource::field;
  }

  /// Whether the step's operator is one for such a field.
  bool fits(const FilterStep &step, size_t at);

  /// Sets the step's number, unless the field can't have it: then the
  /// comparison would be the same for each value. An unsigned number may stand
  /// for the bits of a signed one: cmd == 0xc0306201.
  bool set_number(FilterStep &step, bool is_minus, uint64_t number, size_t at);

  /// The value that is called `word`.
  bool find_value(std::string_view word, size_t at, const FilterStep &step,
                  uint64_t &bits);

  std::string_view name() const { return name_; }

private:
  bool set_type(size_t at, FilterStep &step);
  bool fail_no_field(size_t at);

  const trace_event *event_;
  FilterErrors errors_;
  std::string_view name_;
  const trace_field *field_ = nullptr; ///< null: the thread's, or not known
};

} // namespace trace

#endif
