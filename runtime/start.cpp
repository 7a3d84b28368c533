/// What runs by itself: before main if TRACE_ENABLE is set, when a shared
/// object arrives, and at exit if records were lost.
#include "attach.h"
#include "error.h"
#include "pattern.h"
#include "record.h"
#include "recording/recording.h"
#include "snapshot.h"
#include "state.h"
#include "used.h"

#include "api.h"

#include <cstdlib>
#include <cstring>
#include <string_view>

using namespace trace;

// Beside what is written at the start, so that a process without tracing
// touches no other page for them.
[[gnu::section(".data")]] constinit bool trace::library_used = false;
[[gnu::section(".data")]] constinit static char enable_variable[] =
    "TRACE_ENABLE";

// Tells tools that this image contains the run-time library: a
// trace_runtime_note. R: --gc-sections leaves it alone.
static_assert(TRACE_NOTE_RUNTIME == 2 && sizeof TRACE_NOTE_NAME == 6 &&
              TRACE_ATTACH_VERSION == 6 && sizeof(trace_runtime_note) == 28);
asm(".pushsection .note.trace.runtime, \"aR\", %note\n"
    ".balign 4\n"
    ".long 6, 8, 2\n"
    ".asciz \"trace\"\n"
    ".balign 4\n"
    ".long 6\n"
    ".long trace_attach_block - .\n"
    ".popsection\n");

namespace {

void enable_part(std::string_view part) {
  char *pattern = strndup(part.data(), part.size());
  if (!pattern)
    return warn("TRACE_ENABLE: out of memory");
  const int count = trace_enable(pattern);
  if (count < 0)
    warn("TRACE_ENABLE: %s", trace_error());
  else if (count == 0 && !recording_is_open()) // else its children may have one
    warn("no event matches '%s'", pattern);
  free(pattern);
}

// The earliest priority that a library may have, so that constructors and
// static initialisers of the program are traced in a static executable too.
[[gnu::constructor(101)]] void enable_from_environment() {
  watch_forks();
  attach_prepare();
  const char *variable = secure_getenv(enable_variable);
  if (!variable)
    return;
  // First, so that the first of these events makes one.
  if (const char *pattern = secure_getenv("TRACE_SNAPSHOT"))
    if (snapshot_at(pattern))
      warn("TRACE_SNAPSHOT: %s", error_text());
  std::string_view list = variable;
  for (std::string_view part = pattern_next(list); !part.empty();
       part = pattern_next(list))
    enable_part(part);
  if (recording_follows_children())
    return;
  const char *const own[] = {enable_variable, "TRACE_OUTPUT", "TRACE_SNAPSHOT"};
  for (const char *each : own)
    unsetenv(each);
}

void report_lost_recording() {
  constexpr const char *texts[] = {
#define TEXT(name, text) text,
      TRACE_LOST(TEXT)
#undef TEXT
  };
  for (int cause = 0; cause < TRACE_LOST_CAUSES; ++cause)
    if (const uint64_t count =
            recording_lost_count(static_cast<trace_lost>(cause)))
      warn("%llu records lost: %s", static_cast<unsigned long long>(count),
           texts[cause]);
}

void report_lost_snapshot() {
  if (const int error = recording_snapshot_error()) {
    recording_fail(error);
    warn("a snapshot is not complete: %s", error_text());
  }
}

[[gnu::destructor(101)]] void end() {
  if (!library_used)
    return;
  recording_end();
  report_lost_snapshot();
  report_lost_recording();
  const auto [no_slot, too_large, output] = records_lost();
  const unsigned long long all = no_slot + too_large + output;
  if (all == 0)
    return;
  warn("%llu records lost: %llu ran beside too many others, %llu were larger "
       "than %zu bytes, %llu could not be written",
       all, static_cast<unsigned long long>(no_slot),
       static_cast<unsigned long long>(too_large), record_payload_bytes_max,
       static_cast<unsigned long long>(output));
}

} // namespace

void trace_image_loaded(const trace_note *) noexcept {
  const Lock lock;
  if (lock.error())
    return;
  State &now = state(lock);
  if (now.rules.empty() && now.snapshots.empty() && now.probes.size() == 0)
    return;
  if (state_refresh(now) < 0)
    warn("cannot look for trace points: %s", error_text());
}
