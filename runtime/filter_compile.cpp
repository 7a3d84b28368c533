#include "filter.h"

#include "descriptor.h"
#include "slice.h"
#include "text_buffer.h"

#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace trace {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
/// A field may be a member, x.y, and an enumerator be of any characters of C.
bool is_name_part(char c) { return is_letter(c) || is_digit(c) || c == '.'; }

struct RelationName {
  std::string_view text;
  FilterRelation relation;
};
/// The longer ones first.
constexpr RelationName relations[] = {
    {"==", FilterRelation::equal},
    {"!=", FilterRelation::unequal},
    {"!~", FilterRelation::matches_not},
    {"<=", FilterRelation::less_or_equal},
    {">=", FilterRelation::greater_or_equal},
    {"<", FilterRelation::less},
    {">", FilterRelation::greater},
    {"&", FilterRelation::shares_bit},
    {"~", FilterRelation::matches},
};

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

/// Recursive descent. The first error stands.
class Compiler {
public:
  Compiler(std::string_view text, const trace_event *event, Filter &filter,
           FilterError &error)
      : text_(text), event_(event), filter_(filter), error_(error) {}

  bool compile() {
    filter_.step_count = 0;
    filter_.text_bytes = 0;
    filter_.uses_thread = false;
    error_.text[0] = 0;
    if (!any())
      return false;
    return peek() == 0 || fail(at_, {"'&&' or '||' is missing here"});
  }

private:
  bool fail(size_t at, std::initializer_list<std::string_view> parts) {
    if (error_.text[0])
      return false;
    error_.at = at;
    TextBuffer out(error_.text, sizeof error_.text - 1);
    for (const std::string_view part : parts)
      out.put(part);
    error_.text[out.text().size()] = 0;
    return false;
  }

  /// The next character that is no blank; 0 at the end.
  char peek() {
    while (at_ < text_.size() && strchr(" \t\n", text_[at_]))
      ++at_;
    return at_ < text_.size() ? text_[at_] : 0;
  }

  bool take(std::string_view token) {
    peek();
    if (slice(text_, at_, token.size()) != token)
      return false;
    at_ += token.size();
    return true;
  }

  FilterStep *add(FilterAction action) {
    if (filter_.step_count == filter_steps_max) {
      fail(at_, {"it is too long"});
      return nullptr;
    }
    FilterStep *step = &filter_.steps[filter_.step_count++];
    *step = {};
    step->action = action;
    return step;
  }

  /// Operands with an operator between them, of which each decides by itself.
  template <typename Operand>
  bool chain(std::string_view token, FilterAction skip, Operand operand) {
    if (!operand())
      return false;
    uint16_t skips[filter_steps_max];
    size_t skip_count = 0;
    while (take(token)) {
      skips[skip_count++] = filter_.step_count;
      if (!add(skip) || !operand())
        return false;
    }
    for (size_t i = 0; i < skip_count; ++i)
      filter_.steps[skips[i]].next = filter_.step_count;
    return true;
  }

  bool any() {
    return chain("||", FilterAction::skip_if_true, [this] { return all(); });
  }
  bool all() {
    return chain("&&", FilterAction::skip_if_false, [this] { return one(); });
  }

  bool one() {
    constexpr unsigned depth_max = 32;
    if (depth_ == depth_max)
      return fail(at_, {"it is nested too deeply"});
    ++depth_;
    const bool good = one_within();
    --depth_;
    return good;
  }

  bool one_within() {
    if (take("!"))
      return one() && add(FilterAction::negate);
    const char c = peek();
    const size_t begin = at_;
    if (take("(")) {
      if (!any())
        return false;
      if (take(")"))
        return true;
      return peek() == 0 ? fail(begin, {"this '(' has no ')'"})
                         : fail(at_, {"'&&', '||' or ')' is missing here"});
    }
    if (c == 0)
      return fail(at_, {"a comparison is missing here, as in: field == 1"});
    if (!is_letter(c))
      return fail(at_, {"a field's name is missing here"});
    return comparison();
  }

  std::string_view name() {
    peek();
    const size_t begin = at_;
    // A namespace's and a destructor's are none that a field has.
    while (at_ < text_.size() && is_name_part(text_[at_]))
      ++at_;
    return slice(text_, begin, at_ - begin);
  }

  bool comparison() {
    const size_t begin = (peek(), at_);
    const std::string_view field = name();
    FilterStep *step = add(FilterAction::compare);
    if (!step || !find_field(field, begin, *step))
      return false;
    const size_t place = (peek(), at_);
    if (!relation(*step))
      return fail(place, {"an operator is missing behind '", field,
                          "': == != < <= > >= & ~ or !~"});
    return fits(*step, field, place) && value(*step, field);
  }

  bool relation(FilterStep &step) {
    peek();
    if (slice(text_, at_, 2) == "&&")
      return false;
    for (const RelationName &each : relations)
      if (take(each.text)) {
        step.relation = each.relation;
        return true;
      }
    return false;
  }

  // ---- What it is compared with ---------------------------------------------

  bool find_field(std::string_view name, size_t at, FilterStep &step) {
    const auto fields =
        event_ ? event_fields(*event_) : std::span<const trace_field>();
    for (size_t i = 0; i < fields.size(); ++i)
      if (event_text(*event_, fields[i].name_at) == name) {
        step.field = static_cast<uint16_t>(i);
        field_ = &fields[i];
        return set_type(name, at, step);
      }
    field_ = nullptr;
    for (const ThreadField &each : thread_fields)
      if (each.name == name) {
        step.source = each.source;
        step.type = each.source == FilterSource::comm ? FilterType::text
                                                      : FilterType::is_unsigned;
        filter_.uses_thread = true;
        return true;
      }
    return !event_ || fail_no_field(name, at);
  }

  bool fail_no_field(std::string_view name, size_t at) {
    char list[sizeof error_.text / 2];
    TextBuffer out(list, sizeof list - 4);
    for (const trace_field &field : event_fields(*event_)) {
      if (!out.text().empty())
        out.put(", ");
      out.put(event_text(*event_, field.name_at));
    }
    memcpy(list + out.text().size(), "...", 3);
    const std::string_view names(list,
                                 out.text().size() + (out.is_cut() ? 3 : 0));
    return fail(at, {event_system(*event_), ":", event_name(*event_),
                     " has no field '", name,
                     names.empty() ? "'; it has none" : "'; it has ", names});
  }

  bool set_type(std::string_view name, size_t at, FilterStep &step) {
    if (field_is_array(*field_) || field_is_sequence(*field_))
      return fail(at, {"'", name,
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

  bool knows_type(const FilterStep &step) const {
    return event_ || step.source != FilterSource::field;
  }

  /// Whether the operator is one for such a field.
  bool fits(const FilterStep &step, std::string_view field, size_t at) {
    if (!knows_type(step))
      return true;
    const FilterRelation r = step.relation;
    const bool is_glob =
        r == FilterRelation::matches || r == FilterRelation::matches_not;
    const bool is_equality =
        r == FilterRelation::equal || r == FilterRelation::unequal;
    if (step.type == FilterType::text && !is_glob && !is_equality)
      return fail(at, {"'", field, "' is a text; compare it by == != ~ or !~"});
    if (step.type != FilterType::text && is_glob)
      return fail(at, {"'", field, "' is a number; compare it by == or <"});
    if (step.type == FilterType::real && r == FilterRelation::shares_bit)
      return fail(at, {"'", field, "' is no integer, so it has no bits"});
    return true;
  }

  bool value(FilterStep &step, std::string_view field) {
    const char c = peek();
    const size_t begin = at_;
    const bool is_known = knows_type(step);
    const bool is_text = step.type == FilterType::text;
    if (c == '"' || c == '\'') {
      if (is_known && !is_text)
        return fail(begin, {"'", field, "' is a number, not a text"});
      return text_value(step, c);
    }
    if (is_known && is_text)
      return fail(begin,
                  {"'", field, "' is a text; compare it with one, in quotes"});
    if (step.relation == FilterRelation::matches ||
        step.relation == FilterRelation::matches_not)
      return fail(begin, {"~ and !~ want a glob in quotes, as in: ~ \"app*\""});
    if (c == '-' || c == '.' || is_digit(c))
      return step.type == FilterType::real && is_known
                 ? real_value(step)
                 : number_value(step, field);
    if (is_letter(c))
      return names_value(step, field);
    return fail(begin,
                {"a number, a name or a text in quotes is missing here"});
  }

  bool text_value(FilterStep &step, char quote) {
    const size_t begin = at_++;
    step.text_at = filter_.text_bytes;
    // A glob's backslashes are the glob's, but before a quote.
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size() &&
          text_[at_ + 1] == quote)
        ++at_;
      if (filter_.text_bytes == filter_text_bytes_max)
        return fail(begin, {"the texts are too long"});
      filter_.text[filter_.text_bytes++] = text_[at_];
    }
    if (at_ == text_.size())
      return fail(begin, {"this text has no closing quote"});
    ++at_;
    step.text_bytes = static_cast<uint16_t>(filter_.text_bytes - step.text_at);
    return true;
  }

  /// Up to what no number has.
  const char *number_text(char (&copy)[64]) {
    size_t size = 0;
    for (; at_ < text_.size() && size + 1 < sizeof copy; ++at_, ++size) {
      const char c = text_[at_];
      const bool is_sign =
          (c == '-' || c == '+') &&
          (size == 0 || ((copy[size - 1] | 0x20) == 'e' && copy[1] != 'x'));
      if (!is_sign && !is_name_part(c))
        break;
      copy[size] = c;
    }
    copy[size] = 0;
    return copy;
  }

  bool real_value(FilterStep &step) {
    char copy[64], *end;
    const size_t begin = at_;
    const double number = strtod(number_text(copy), &end);
    step.bits = std::bit_cast<uint64_t>(number);
    return *end == 0 || fail(begin, {"'", copy, "' is no number"});
  }

  bool number_value(FilterStep &step, std::string_view field) {
    char copy[64], *end;
    const size_t begin = at_;
    const char *digits = number_text(copy);
    const bool is_minus = *digits == '-';
    digits += is_minus;
    errno = 0;
    const uint64_t number = strtoull(digits, &end, 0);
    if (*end != 0 || !is_digit(*digits)) {
      // Perhaps the field is no integer, either.
      [[maybe_unused]] const double real = strtod(copy, &end);
      if (!knows_type(step) && *end == 0)
        return true;
      return fail(begin, {"'", copy, "' is no integer"});
    }
    if (errno == ERANGE)
      return fail(begin, {"'", copy, "' has more than 64 bits"});
    step.bits = is_minus ? 0 - number : number;
    return !knows_type(step) || in_range(step, field, is_minus, number, begin);
  }

  /// Or the comparison would be the same for each value. An unsigned number may
  /// stand for the bits of a signed one: cmd == 0xc0306201.
  bool in_range(FilterStep &step, std::string_view field, bool is_minus,
                uint64_t number, size_t at) {
    const unsigned bits = (field_ ? field_->size : sizeof(uint32_t)) * 8;
    const uint64_t most = bits == 64 ? UINT64_MAX : (uint64_t{1} << bits) - 1;
    const uint64_t lowest = uint64_t{1} << (bits - 1);
    if (step.type == FilterType::is_unsigned && is_minus && number != 0)
      return fail(at, {"'", field, "' is unsigned, so it is never negative"});
    if (is_minus ? number > lowest : number > most)
      return fail(at, {"'", field, "' has ", Digits(bits, 10, false).text(),
                       " bits, and this number has more"});
    if (step.type == FilterType::is_signed && !is_minus && bits < 64 &&
        number >= lowest)
      step.bits = number | ~most;
    return true;
  }

  bool names_value(FilterStep &step, std::string_view field) {
    uint64_t bits = 0;
    do {
      const size_t begin = (peek(), at_);
      uint64_t one = 0;
      const std::string_view word = name();
      if (!find_value(word, begin, step, field, one))
        return false;
      bits |= one;
    } while (peek() == '|' && slice(text_, at_, 2) != "||" && take("|"));
    step.bits = bits;
    return true;
  }

  bool find_value(std::string_view word, size_t at, const FilterStep &step,
                  std::string_view field, uint64_t &bits) {
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
      return fail(at, {"'", field, "' has no value that is called '", word,
                       "'; compare it with a number"});
    return fail(at, {"'", field, "' has no enumerator '", word, "'; it has ",
                     event_text(*event_, enumerators.front().name_at),
                     enumerators.size() > 1 ? " and others" : ""});
  }

  std::string_view text_;
  const trace_event *event_;
  Filter &filter_;
  FilterError &error_;
  const trace_field *field_ = nullptr; ///< of the comparison; null: no field
  size_t at_ = 0;
  unsigned depth_ = 0;
};

} // namespace

bool filter_compile(std::string_view condition, const trace_event *event,
                    Filter &filter, FilterError &error) {
  return Compiler(condition, event, filter, error).compile();
}

} // namespace trace
