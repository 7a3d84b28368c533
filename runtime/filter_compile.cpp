#include "filter_field.h"

#include "slice.h"

#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>

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

/// Recursive descent. The first error stands.
class Compiler {
public:
  Compiler(std::string_view text, const trace_event *event, Filter &filter,
           FilterError &error)
      : text_(text), filter_(filter), errors_(error), field_(event, errors_) {}

  bool compile() {
    filter_.step_count = 0;
    filter_.text_bytes = 0;
    filter_.uses_thread = false;
    if (!any())
      return false;
    return peek() == 0 || errors_.fail(at_, {"'&&' or '||' is missing here"});
  }

private:
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
      errors_.fail(at_, {"it is too long"});
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
      return errors_.fail(at_, {"it is nested too deeply"});
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
      return peek() == 0
                 ? errors_.fail(begin, {"this '(' has no ')'"})
                 : errors_.fail(at_, {"'&&', '||' or ')' is missing here"});
    }
    if (c == 0)
      return errors_.fail(at_,
                          {"a comparison is missing here, as in: field == 1"});
    if (!is_letter(c))
      return errors_.fail(at_, {"a field's name is missing here"});
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
    if (!step || !field_.find(field, begin, *step))
      return false;
    filter_.uses_thread |= step->source != FilterSource::field;
    const size_t place = (peek(), at_);
    if (!relation(*step))
      return errors_.fail(place, {"an operator is missing behind '", field,
                                  "': == != < <= > >= & ~ or !~"});
    return field_.fits(*step, place) && value(*step);
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

  bool value(FilterStep &step) {
    const char c = peek();
    const size_t begin = at_;
    const bool is_known = field_.knows_type(step);
    const bool is_text = step.type == FilterType::text;
    if (c == '"' || c == '\'') {
      if (is_known && !is_text)
        return errors_.fail(begin,
                            {"'", field_.name(), "' is a number, not a text"});
      return text_value(step, c);
    }
    if (is_known && is_text)
      return errors_.fail(
          begin,
          {"'", field_.name(), "' is a text; compare it with one, in quotes"});
    if (step.relation == FilterRelation::matches ||
        step.relation == FilterRelation::matches_not)
      return errors_.fail(
          begin, {"~ and !~ want a glob in quotes, as in: ~ \"app*\""});
    if (c == '-' || c == '.' || is_digit(c))
      return step.type == FilterType::real && is_known ? real_value(step)
                                                       : number_value(step);
    if (is_letter(c))
      return names_value(step);
    return errors_.fail(
        begin, {"a number, a name or a text in quotes is missing here"});
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
        return errors_.fail(begin, {"the texts are too long"});
      filter_.text[filter_.text_bytes++] = text_[at_];
    }
    if (at_ == text_.size())
      return errors_.fail(begin, {"this text has no closing quote"});
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
    return *end == 0 || errors_.fail(begin, {"'", copy, "' is no number"});
  }

  bool number_value(FilterStep &step) {
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
      if (!field_.knows_type(step) && *end == 0)
        return true;
      return errors_.fail(begin, {"'", copy, "' is no integer"});
    }
    if (errno == ERANGE)
      return errors_.fail(begin, {"'", copy, "' has more than 64 bits"});
    return field_.set_number(step, is_minus, number, begin);
  }

  bool names_value(FilterStep &step) {
    uint64_t bits = 0;
    do {
      const size_t begin = (peek(), at_);
      uint64_t one = 0;
      const std::string_view word = name();
      if (!field_.find_value(word, begin, step, one))
        return false;
      bits |= one;
    } while (peek() == '|' && slice(text_, at_, 2) != "||" && take("|"));
    step.bits = bits;
    return true;
  }

  std::string_view text_;
  Filter &filter_;
  FilterErrors errors_;
  FilterField field_; ///< of the comparison
  size_t at_ = 0;
  unsigned depth_ = 0;
};

} // namespace

bool filter_compile(std::string_view condition, const trace_event *event,
                    Filter &filter, FilterError &error) {
  error.text[0] = 0;
  return Compiler(condition, event, filter, error).compile();
}

} // namespace trace
