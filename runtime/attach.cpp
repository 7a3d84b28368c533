#include "attach.h"

#include "error.h"
#include "record.h"
#include "record_string.h"
#include "recording/recording.h"

#include <charconv>
#include <cstring>
#include <string_view>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Pages that nobody touches until a tool does.
static constinit trace_filter_words filters[TRACE_ATTACH_FILTERS_MAX] = {};
static constinit trace_path directory = {};
static constinit char rules_text[TRACE_ATTACH_RULES_BYTES_MAX] = {};

// The note in start.cpp names it.
#define FUNCTION(type, name) .name = trace::record_##name,
extern "C" {
[[gnu::used]] constinit trace_attach trace_attach_block = {
    .version = TRACE_ATTACH_VERSION,
    .ready = 0,
    .ring_offset = 0,
    .cpu_offset = 0,
    TRACE_IMAGE_FUNCTIONS(FUNCTION) // in their order
        .recording = nullptr,
    .filters = filters,
    .directory = directory,
    .rules = rules_text,
    .inside = 0,
    .outside = 0,
    .users = 0,
    .error = 0,
    .session = 0,
    .sessions = 0,
    .pid = 0,
    .changes = 0,
    .rules_bytes = 0,
    .rules_taken = 0,
    .filter_events = {}};
}
#undef FUNCTION

namespace trace {
namespace {

trace_attach &block = trace_attach_block;

// Under the lock.
constinit uint32_t changes_seen = 0;

constinit uint32_t forked = 0;

/// As in block.filter_events.
uintptr_t filter_event(const trace_event &event, FilterUse use) {
  static_assert(TRACE_EVENT_ALIGN >= filter_uses);
  return reinterpret_cast<uintptr_t>(&event) + static_cast<uintptr_t>(use);
}

/// "+7 app:*"; false: no memory, or no rule.
bool add_rule(Rules &rules, std::string_view text) {
  Rule rule = {nullptr, !text.starts_with('-')};
  const auto [end, error] =
      std::from_chars(text.data() + 1, text.data() + text.size(), rule.session);
  if (error != std::errc() || end == text.data() + text.size())
    return false;
  rule.pattern = strdup(end + 1);
  if (!rule.pattern || !rules.reserve()) {
    free(rule.pattern);
    return false;
  }
  rules.add(rule);
  return true;
}

void take_rules(Rules &rules, Rules &snapshots) {
  const uint32_t end = block.rules_bytes;
  if (end > sizeof rules_text || block.rules[end - 1] != 0)
    return;
  while (block.rules_taken < end) {
    const std::string_view text = block.rules + block.rules_taken;
    if (!add_rule(text.starts_with('!') ? snapshots : rules, text))
      warn("a pattern that was switched from outside is forgotten: '%s'",
           block.rules + block.rules_taken);
    block.rules_taken += static_cast<uint32_t>(text.size()) + 1;
  }
}

} // namespace

void attach_prepare() {
  block.ring_offset = recording_ring_offset();
  block.cpu_offset = recording_cpu_offset();
  __atomic_store_n(&block.ready, 1, __ATOMIC_RELEASE);
}

// Each side sets its word, then reads the other's, with everything in one
// order: so at most one of them goes on (E. W. Dijkstra, "Cooperating
// sequential processes", 1965, 2.1). The tool's system calls are barriers.
bool attach_enter() {
  constexpr timespec pause = {0, 1'000'000};
  constexpr int tries = 1000;
  for (int i = 0; i < tries; ++i) {
    __atomic_store_n(&block.inside, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&block.outside, __ATOMIC_SEQ_CST) == 0)
      return true;
    attach_leave();
    nanosleep(&pause, nullptr);
  }
  return false;
}

void attach_leave() { __atomic_store_n(&block.inside, 0, __ATOMIC_RELEASE); }

// A tool's words are the parent's.
void attach_after_fork() {
  block.outside = 0;
  block.inside = 0;
  block.users = 0;
  forked = static_cast<uint32_t>(syscall(SYS_getpid));
  // So that the library, when it is called, records into a directory of its
  // own.
  if (block.session != 0)
    ++block.changes;
}

const Filter *attach_filter_of(const trace_event &event, FilterUse use) {
  const uintptr_t wanted = filter_event(event, use);
  for (size_t i = 0; i < TRACE_ATTACH_FILTERS_MAX; ++i)
    if (__atomic_load_n(&block.filter_events[i], __ATOMIC_ACQUIRE) == wanted)
      return reinterpret_cast<const Filter *>(filters[i]);
  return nullptr;
}

void attach_forget_filter(const trace_event &event, FilterUse use) {
  for (uintptr_t &each : block.filter_events)
    if (each == filter_event(event, use))
      __atomic_store_n(&each, uintptr_t{0}, __ATOMIC_RELEASE);
}

void attach_adopt(Rules &rules, Rules &snapshots) {
  const uint32_t changes = __atomic_load_n(&block.changes, __ATOMIC_ACQUIRE);
  if (changes == changes_seen)
    return;
  changes_seen = changes;
  if (block.rules_bytes > 0)
    take_rules(rules, snapshots);
  rules.keep_session(attach_session());
  snapshots.keep_session(attach_session());
  recording_adopt();
}

uint32_t attach_session() {
  return __atomic_load_n(&block.session, __ATOMIC_SEQ_CST);
}

uint32_t attach_sessions() { return block.sessions; }
uint32_t attach_pid() { return block.pid; }
const char *attach_directory() { return block.directory; }
uint32_t attach_forked() { return forked; }

bool attach_follow(std::string_view name, uint32_t pid) {
  if (name.size() >= sizeof directory)
    return false;
  memcpy(directory, name.data(), name.size());
  directory[name.size()] = 0;
  // Its events may be more than the library's copy of the parent's.
  __atomic_fetch_add(&block.changes, 1, __ATOMIC_RELEASE);
  __atomic_store_n(&block.pid, pid, __ATOMIC_SEQ_CST);
  return true;
}

void attach_report(int error) {
  __atomic_store_n(&block.error, error, __ATOMIC_RELAXED);
}

void attach_publish(const char *recording) {
  __atomic_store_n(&block.recording, recording, __ATOMIC_RELEASE);
}

AttachUser::AttachUser() {
  __atomic_fetch_add(&block.users, 1, __ATOMIC_SEQ_CST);
}

AttachUser::~AttachUser() {
  __atomic_fetch_sub(&block.users, 1, __ATOMIC_RELEASE);
}

} // namespace trace
