#include "record.h"

#include "attach.h"
#include "descriptor.h"
#include "filters.h"
#include "key.h"
#include "probe.h"
#include "recording/recording.h"
#include "text_output.h"
#include "used.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace trace {
namespace {

struct Slot {
  std::atomic<uintptr_t> owner; ///< the thread's pthread_self(); 0: free
  std::atomic<const ProbeSet *> reading;
  const trace_event *event;
  size_t bytes;
  const trace_probe *probes; ///< while they are called
  int errno_before;          ///< them
  alignas(8) unsigned char payload[record_payload_bytes_max];
  /// The line as printed. Not on the stack: a signal handler's may be small.
  char line[record_line_bytes_max];
};

// In .bss: costs memory only as slots come into use.
constinit Slot slots[record_slots] = {};

// As wide as every processor counts without a lock.
constinit std::atomic<size_t> lost_no_slot{0};
constinit std::atomic<size_t> lost_too_large{0};
constinit std::atomic<size_t> lost_output{0};

uintptr_t this_thread() { return static_cast<uintptr_t>(pthread_self()); }

void count(std::atomic<size_t> &counter) {
  counter.fetch_add(1, std::memory_order_relaxed);
}

/// Each thread starts at a place of its own, so that threads seldom meet.
Slot *claim() {
  const uintptr_t self = this_thread();
  const size_t start = (self >> 12) * 0x9e3779b97f4a7c15u >> 32;
  for (size_t i = 0; i < record_slots; ++i) {
    Slot &slot = slots[(start + i) % record_slots];
    uintptr_t free_owner = 0;
    if (slot.owner.load(std::memory_order_relaxed) == 0 &&
        slot.owner.compare_exchange_strong(free_owner, self,
                                           std::memory_order_acquire))
      return &slot;
  }
  return nullptr;
}

Slot &slot_of(void *payload) {
  auto *bytes = static_cast<unsigned char *>(payload);
  return *reinterpret_cast<Slot *>(bytes - offsetof(Slot, payload));
}

Slot &slot_of(const trace_probe *const *probes) {
  const auto *bytes = reinterpret_cast<const unsigned char *>(probes);
  return *reinterpret_cast<Slot *>(
      const_cast<unsigned char *>(bytes - offsetof(Slot, probes)));
}

void release(Slot &slot) { slot.owner.store(0, std::memory_order_release); }

/// errno is the program's.
class ErrnoKept {
public:
  ~ErrnoKept() { errno = saved_; }

private:
  int saved_ = errno;
};

void lose(std::atomic<size_t> &counter, trace_lost cause, uint32_t wanted) {
  if (wanted & TRACE_WANTED_RECORD)
    recording_lost(cause, 1);
  else
    count(counter);
}

bool is_in_slot(const void *payload) {
  const auto at = reinterpret_cast<uintptr_t>(payload);
  const auto begin = reinterpret_cast<uintptr_t>(slots);
  return at - begin < sizeof slots;
}

/// A record that others want besides the ring stands in a slot until commit,
/// where it is decided what becomes of it.
void *reserve_slot(const trace_event *event, size_t bytes, uint32_t wanted) {
  if (bytes > record_payload_bytes_max) {
    lose(lost_too_large, TRACE_LOST_TOO_LARGE, wanted);
    return nullptr;
  }
  Slot *slot = claim();
  if (!slot) {
    lose(lost_no_slot, TRACE_LOST_NO_SLOT, wanted);
    return nullptr;
  }
  slot->event = event;
  slot->bytes = bytes;
  return slot->payload;
}

constexpr uint32_t needs_slot = TRACE_WANTED_PROBE | TRACE_WANTED_TEXT |
                                TRACE_WANTED_FILTER | TRACE_WANTED_SNAPSHOT;

bool passes_filter(const trace_event &event, FilterUse use,
                   std::span<const uint8_t> fields) {
  const AttachUser user;
  const Filter *filter = attach_filter_of(event, use);
  if (!filter)
    filter = filter_of(event, use);
  if (!filter)
    return true;
  FilterThread thread;
  char comm[17] = ""; // TASK_COMM_LEN is 16, with the NUL
  if (filter->uses_thread) {
    prctl(PR_GET_NAME, comm, 0, 0, 0);
    const int cpu = sched_getcpu();
    thread = {comm, static_cast<uint32_t>(syscall(SYS_getpid)),
              static_cast<uint32_t>(syscall(SYS_gettid)),
              static_cast<uint32_t>(cpu < 0 ? 0 : cpu)};
  }
  return filter_passes(*filter, event, fields, thread);
}

void commit_slot(Slot &slot) {
  const trace_event &event = *slot.event;
  const std::span<const uint8_t> fields(slot.payload, slot.bytes);
  // The filter that belongs to who wants it: both may change meanwhile.
  uint32_t wanted;
  bool passes;
  do {
    wanted = key_wanted(*event_key(event));
    passes = !(wanted & TRACE_WANTED_FILTER) ||
             passes_filter(event, FilterUse::record, fields);
  } while (key_wanted(*event_key(event)) != wanted);
  if (!passes) {
    if (wanted & TRACE_WANTED_RECORD)
      recording_filtered();
    wanted &= TRACE_WANTED_OWN; // a probe sees each
  }
  if (wanted & TRACE_WANTED_RECORD)
    recording_write(wanted >> TRACE_WANTED_BITS, fields);
  if ((wanted & TRACE_WANTED_TEXT) &&
      !text_output_write(event, fields, slot.line))
    count(lost_output);
  if (wanted & TRACE_WANTED_PROBE)
    probes_call(slot.reading, event, fields);
  // With the record of this event in it.
  if ((wanted & TRACE_WANTED_SNAPSHOT) &&
      passes_filter(event, FilterUse::snapshot, fields))
    recording_snapshot();
  release(slot);
}

/// A function that has fewer parameters does not look at the registers of the
/// others, and at no more of a register than its parameter's type needs (System
/// V psABI for AMD64, 3.2.3; AAPCS64, 6.8.2).
void call_probes_by_numbers(
    const trace_event &event,
    const std::array<uint64_t, TRACE_NUMBERS_MAX> &values) {
  using Fn = void(void *, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
  const trace_probe *const *entered = record_enter_probes(&event);
  if (!entered)
    return;
  const auto [a, b, c, d, e] = values;
  for (const trace_probe *probe = *entered; probe->fn; ++probe)
    reinterpret_cast<Fn *>(probe->fn)(probe->data, a, b, c, d, e);
  record_leave_probes(entered);
}

template <typename T> unsigned char *store(unsigned char *to, uint64_t value) {
  const auto number = static_cast<T>(value);
  memcpy(to, &number, sizeof number);
  return to + sizeof number;
}

unsigned char *store_number(unsigned char *to, uint64_t value, size_t bytes) {
  switch (bytes) {
  case 1:
    return store<uint8_t>(to, value);
  case 2:
    return store<uint16_t>(to, value);
  case 4:
    return store<uint32_t>(to, value);
  default:
    return store<uint64_t>(to, value);
  }
}

} // namespace

void *record_reserve(const trace_event *event, size_t bytes) {
  const ErrnoKept kept;
  note_use();
  const uint32_t wanted = key_wanted(*event_key(*event));
  if ((wanted & TRACE_WANTED_MASK & ~TRACE_WANTED_CALL) == 0)
    return nullptr; // for no record, or disabled since: nothing is lost
  if (wanted & needs_slot)
    return reserve_slot(event, bytes, wanted);
  return recording_reserve(wanted >> TRACE_WANTED_BITS, bytes);
}

void record_commit(void *payload) {
  const ErrnoKept kept;
  if (is_in_slot(payload))
    commit_slot(slot_of(payload));
  else
    recording_commit(payload);
}

const trace_probe *const *record_enter_probes(const trace_event *event) {
  Slot *slot = claim();
  if (!slot) {
    count(lost_no_slot);
    return nullptr;
  }
  slot->errno_before = errno;
  slot->probes = probes_enter(slot->reading, *event);
  if (slot->probes)
    return &slot->probes;
  release(*slot);
  return nullptr;
}

void record_leave_probes(const trace_probe *const *entered) {
  Slot &slot = slot_of(entered);
  probes_leave(slot.reading);
  errno = slot.errno_before;
  release(slot);
}

void record_numbers(const trace_event *event, uint64_t a, uint64_t b,
                    uint64_t c, uint64_t d, uint64_t e) {
  const std::array<uint64_t, TRACE_NUMBERS_MAX> values = {a, b, c, d, e};
  if (key_wanted(*event_key(*event)) & TRACE_WANTED_CALL)
    call_probes_by_numbers(*event, values);
  void *payload = record_reserve(event, event->payload_bytes);
  if (!payload)
    return;
  auto *to = static_cast<unsigned char *>(payload);
  size_t index = 0;
  for (const trace_field &field : event_fields(*event))
    to = store_number(to, values[index++], field.size);
  record_commit(payload);
}

bool record_is_running() {
  const uintptr_t self = this_thread();
  for (const Slot &slot : slots)
    if (slot.owner.load(std::memory_order_relaxed) == self)
      return true;
  return false;
}

void record_wait_for_probes() {
  // Most probes are done sooner than a thread sleeps and wakes.
  constexpr int yields_max = 32;
  constexpr timespec pause = {0, 50'000};
  for (Slot &slot : slots) {
    const ProbeSet *seen = slot.reading.load(std::memory_order_seq_cst);
    for (int turn = 0;
         seen && slot.reading.load(std::memory_order_seq_cst) == seen; ++turn)
      if (turn < yields_max)
        sched_yield();
      else
        nanosleep(&pause, nullptr);
  }
}

void record_after_fork() {
  const uintptr_t self = this_thread();
  for (Slot &slot : slots) {
    if (slot.owner.load(std::memory_order_relaxed) == self)
      continue;
    slot.reading.store(nullptr, std::memory_order_relaxed);
    slot.owner.store(0, std::memory_order_relaxed);
  }
  lost_no_slot = lost_too_large = lost_output = 0;
}

RecordsLost records_lost() {
  return {lost_no_slot, lost_too_large, lost_output};
}

} // namespace trace
