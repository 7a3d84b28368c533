#include "filter_field.h"

#include "descriptor.h"
#include "text_buffer.h"

#include <cstring>

namespace trace {
namespace {

struct ThreadField {
  std::string_view name;
  FilterSource source;
};
constexpr ThreadField thread_fields[] = {
    {"comm", FilterSource::comm},
    {"pid", FilterSource::pid},
    {"tid", FilterSource::tid},
    {"cpu", FilterSource::cpu},
};

} // namespace

bool FilterErrors::fail(size_t at,
                        std::initializer_list<std::string_view> parts) {
  if (error_.text[0])
    return false;
  error_.at = at;
  TextBuffer out(error_.text, sizeof error_.text - 1);
  for (const std::string_view part : parts)
    out.put(part);
  error_.text[out.text().size()] = 0;
  return false;
}

bool FilterField::find(std::string_view name, size_t at, FilterStep &step) {
  name_ = name;
  field_ = nullptr;
  const auto fields =
      event_ ? event_fields(*event_) : std::span<const trace_field>();
  for (size_t i = 0; event_ && i < fields.size(); ++i)
    if (event_text(*event_, fields[i].name_at) == name) {
      step.field = static_cast<uint16_t>(i);
      field_ = &fields[i];
      return set_type(at, step);
    }
  for (const ThreadField &each : thread_fields)
    if (each.name == name) {
      step.source = each.source;
      step.type = each.source == FilterSource::comm ? FilterType::text
                                                    : FilterType::is_unsigned;
      return true;
    }
  return !event_ || fail_no_field(at);
}

bool FilterField::fail_no_field(size_t at) {
  char list[sizeof FilterError::text / 2];
  TextBuffer out(list, sizeof list - 4);
  for (const trace_field &field : event_fields(*event_)) {
    if (!out.text().empty())
      out.put(", ");
    out.put(event_text(*event_, field.name_at));
  }
  memcpy(list + out.text().size(), "...", 3);
  const std::string_view names(list,
                               out.text().size() + (out.is_cut() ? 3 : 0));
  return errors_.fail(
      at, {event_system(*event_), ":", event_name(*event_), " has no field '",
           name_, names.empty() ? "'; it has none" : "'; it has ", names});
}

bool FilterField::set_type(size_t at, FilterStep &step) {
  if (field_is_array(*field_) || field_is_sequence(*field_))
    return errors_.fail(
        at, {"'", name_,
             "' has several elements, and only one number or string "
             "can be compared"});
  switch (field_->kind) {
  case TRACE_FIELD_STRING:
    step.type = FilterType::text;
    break;
  case TRACE_FIELD_FLOAT:
    step.type = FilterType::real;
    break;
  default:
    step.type = field_->flags & TRACE_FIELD_SIGNED ? FilterType::is_signed
                                                   : FilterType::is_unsigned;
  }
  return true;
}

bool FilterField::fits(const FilterStep &step, size_t at) {
  if (!knows_type(step))
    return true;
  const FilterRelation r = step.relation;
  const bool is_glob =
      r == FilterRelation::matches || r == FilterRelation::matches_not;
  const bool is_equality =
      r == FilterRelation::equal || r == FilterRelation::unequal;
  if (step.type == FilterType::text && !is_glob && !is_equality)
    return errors_.fail(
        at, {"'", name_, "' is a text; compare it by == != ~ or !~"});
  if (step.type != FilterType::text && is_glob)
    return errors_.fail(at,
                        {"'", name_, "' is a number; compare it by == or <"});
  if (step.type == FilterType::real && r == FilterRelation::shares_bit)
    return errors_.fail(at, {"'", name_, "' is no integer, so it has no bits"});
  return true;
}

bool FilterField::set_number(FilterStep &step, bool is_minus, uint64_t number,
                             size_t at) {
  step.bits = is_minus ? 0 - number : number;
  if (!knows_type(step))
    return true;
  const unsigned bits = (field_ ? field_->size : sizeof(uint32_t)) * 8;
  const uint64_t most = bits == 64 ? UINT64_MAX : (uint64_t{1} << bits) - 1;
  const uint64_t lowest = uint64_t{1} << (bits - 1);
  if (step.type == FilterType::is_unsigned && is_minus && number != 0)
    return errors_.fail(at,
                        {"'", name_, "' is unsigned, so it is never negative"});
  if (is_minus ? number > lowest : number > most)
    return errors_.fail(at,
                        {"'", name_, "' has ", Digits(bits, 10, false).text(),
                         " bits, and this number has more"});
  if (step.type == FilterType::is_signed && !is_minus && bits < 64 &&
      number >= lowest)
    step.bits = number | ~most;
  return true;
}

bool FilterField::find_value(std::string_view word, size_t at,
                             const FilterStep &step, uint64_t &bits) {
  if (!knows_type(step))
    return true;
  if (field_ && field_->kind == TRACE_FIELD_BOOLEAN &&
      (word == "true" || word == "false")) {
    bits = word == "true";
    return true;
  }
  const auto enumerators = field_ ? field_enumerators(*event_, *field_)
                                  : std::span<const trace_enumerator>();
  for (const trace_enumerator &each : enumerators)
    if (event_text(*event_, each.name_at) == word) {
      bits = static_cast<uint64_t>(each.value);
      return true;
    }
  if (enumerators.empty())
    return errors_.fail(at, {"'", name_, "' has no value that is called '",
                             word, "'; compare it with a number"});
  return errors_.fail(at,
                      {"'", name_, "' has no enumerator '", word, "'; it has ",
                       event_text(*event_, enumerators.front().name_at),
                       enumerators.size() > 1 ? " and others" : ""});
}

} // namespace trace
