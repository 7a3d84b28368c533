#include "patch.h"

#include "core_sync.h"
#include "error.h"
#include "image.h"
#include "text_write.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace trace {
namespace {

using arch::Architecture;
using arch::EncodeResult;
using arch::Forms;
using arch::Instruction;
using arch::SiteChange;
using arch::SiteState;
using arch::Step;

struct HexText {
  char text[3 * arch::site_bytes_max + 1];
};

HexText hex(const uint8_t *bytes, size_t count) {
  HexText hex = {};
  for (size_t i = 0; i < count; ++i)
    snprintf(hex.text + 3 * i, 4, i + 1 < count ? "%02x " : "%02x", bytes[i]);
  return hex;
}

const char *encode_defect(EncodeResult result) {
  return result == EncodeResult::misaligned
             ? "where it lies, it can't be changed at once"
             : "its target is out of a jump's range";
}

/// Writes one step's bytes of changes, which are sorted: runs of neighbouring
/// pages at a time.
class StepWriter {
public:
  StepWriter(TextWriter &text, const Step &step,
             std::span<const SiteChange> changes)
      : text_(text), step_(step), changes_(changes) {}

  /// Returns how many of the first changes are wholly written.
  size_t run(Instruction SiteChange::*goal) {
    for (const SiteChange &change : changes_) {
      const uint8_t *bytes =
          step_.fixed ? step_.fixed : (change.*goal).bytes + step_.first;
      if (!put(change.address + step_.first, bytes, step_.count))
        return written_;
    }
    flush();
    return written_;
  }

private:
  bool put(uintptr_t address, const uint8_t *bytes, size_t count) {
    while (count > 0) {
      const size_t page_bytes = text_.page_bytes();
      const uintptr_t page = address / page_bytes * page_bytes;
      if (!take(page))
        return false;
      const size_t part = std::min(count, page + page_bytes - address);
      memcpy(text_.buffer() + (address - first_), bytes, part);
      address += part;
      bytes += part;
      count -= part;
    }
    return true;
  }

  uintptr_t end() const { return first_ + pages_ * text_.page_bytes(); }

  /// Makes `page` the last one in the buffer.
  bool take(uintptr_t page) {
    if (pages_ > 0 && page < end())
      return true;
    if (page != end() || pages_ == TextWriter::buffer_pages) {
      if (!flush())
        return false;
      first_ = page;
      pages_ = 0;
    }
    memcpy(text_.buffer() + (page - first_),
           reinterpret_cast<const void *>(page), text_.page_bytes());
    ++pages_;
    return true;
  }

  bool flush() {
    if (pages_ == 0)
      return true;
    const size_t done = text_.write(first_, pages_);
    const size_t bytes = done * text_.page_bytes();
    arch::flush_instructions(first_, bytes);
    while (written_ < changes_.size() &&
           changes_[written_].address + step_.first + step_.count <=
               first_ + bytes)
      ++written_;
    return done == pages_;
  }

  TextWriter &text_;
  const Step &step_;
  std::span<const SiteChange> changes_;
  uintptr_t first_ = 0; ///< page in the buffer
  size_t pages_ = 0;    ///< in the buffer
  size_t written_ = 0;
};

struct StepsResult {
  size_t touched; ///< changes whose site is no longer as it was
  int sync_errno; ///< the cores could not be synchronised
  bool complete;
};

StepsResult run_steps(TextWriter &text, const CoreSync &cores,
                      std::span<const Step> steps,
                      std::span<const SiteChange> changes,
                      Instruction SiteChange::*goal) {
  StepsResult result = {0, 0, false};
  for (const Step &step : steps) {
    const size_t written = StepWriter(text, step, changes).run(goal);
    result.touched = std::max(result.touched, written);
    if (written < changes.size())
      return result;
    result.sync_errno = cores.run();
    if (result.sync_errno)
      return result;
  }
  result.complete = true;
  return result;
}

int fail_sync(int number) {
  errno = number; // %m prints errno
  return fail(EPERM,
              "cannot synchronise the processors, so no code was changed: "
              "membarrier: %m (Linux 4.16 has it; a seccomp filter may "
              "forbid it)");
}

int fail_site(const Image &image, const Site &site, const Instruction &found) {
  const auto offset = static_cast<unsigned long>(site.code - image.base);
  const size_t bytes = arch::native().site_bytes;
  Forms forms;
  const EncodeResult result =
      arch::encode_forms(arch::native(), site.code, site.target, forms);
  if (result != EncodeResult::ok)
    return fail(EILSEQ, "%s: site 0x%lx: %s; nothing was changed", image.name,
                offset, encode_defect(result));
  return fail(
      EILSEQ, "%s: site 0x%lx holds %s, expected %s or %s; nothing was changed",
      image.name, offset, hex(found.bytes, bytes).text,
      hex(forms.nop.bytes, bytes).text, hex(forms.jump.bytes, bytes).text);
}

} // namespace

int collect_site(const Image &image, const Site &site, SiteState state,
                 Array<SiteChange> &changes) {
  const Architecture &native = arch::native();
  Instruction found = {};
  memcpy(found.bytes, reinterpret_cast<const void *>(site.code),
         native.site_bytes);

  for (const Architecture *set = &native; set; set = set->second) {
    Forms forms;
    if (arch::encode_forms(*set, site.code, site.target, forms) !=
        EncodeResult::ok)
      continue;
    if (is_in_state(forms, state, found))
      return 0;
    if (is_in_state(forms, other(state), found))
      return changes.push({site.code, found, form_of(forms, state)})
                 ? 0
                 : fail_no_memory();
  }
  return fail_site(image, site, found);
}

int patch(Array<SiteChange> &changes) {
  if (changes.size() == 0)
    return 0;
  CoreSync cores;
  if (const int number = cores.prepare(arch::native().steps.size() > 1))
    return fail_sync(number);
  const auto before = [](const SiteChange &a, const SiteChange &b) {
    return a.address < b.address;
  };
  if (!std::is_sorted(changes.begin(), changes.end(), before))
    std::sort(changes.begin(), changes.end(), before);

  TextWriter text;
  if (!text.buffer())
    return fail_no_memory();
  const std::span<const Step> steps =
      arch::steps_for(arch::native(), {changes.begin(), changes.size()});
  const StepsResult result =
      run_steps(text, cores, steps, changes, &SiteChange::to);
  if (result.complete)
    return 0;

  char cause[384] = "";
  if (!result.sync_errno)
    text.explain(cause, sizeof cause);
  const std::span touched(changes.begin(), result.touched);
  const StepsResult undone =
      run_steps(text, cores, steps, touched, &SiteChange::from);
  if (touched.size() > 0 && !undone.complete)
    return fail(EPERM, "cannot write code, and %zu sites are left off: %s",
                touched.size(), cause);
  if (result.sync_errno)
    return fail_sync(result.sync_errno);
  return fail(EPERM, "cannot write code: %s", cause);
}

} // namespace trace
