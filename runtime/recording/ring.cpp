#include "ring.h"

#include "clock.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr uint64_t bits = 8;
constexpr uint64_t names_a_second = 100;
constexpr int populate_write = 23; // MADV_POPULATE_WRITE, Linux 5.14

size_t file_bytes(const trace_session &session) {
  return TRACE_RING_HEAD_BYTES +
         size_t{session.packet_bytes} * session.packet_count;
}

trace_packet &packet_at(const Ring &ring, uint64_t sequence) {
  const trace_ring_file &head = ring.head();
  return *reinterpret_cast<trace_packet *>(ring.file + TRACE_RING_HEAD_BYTES +
                                           sequence % head.packet_count *
                                               head.packet_bytes);
}

/// A number that does not exceed 32 bits, with one store on every machine: its
/// upper half stays 0.
template <int order> void store_small(uint64_t &to, uint64_t value) {
  constexpr uint16_t one = 1;
  const bool little = reinterpret_cast<const uint8_t &>(one) == 1;
  auto *half = reinterpret_cast<uint32_t *>(&to) + (little ? 0 : 1);
  __atomic_store_n(half, static_cast<uint32_t>(value), order);
}

uint64_t load_content(const trace_packet &packet) {
  constexpr uint16_t one = 1;
  const bool little = reinterpret_cast<const uint8_t &>(one) == 1;
  const auto *half =
      reinterpret_cast<const uint32_t *>(&packet.content_size) + !little;
  return __atomic_load_n(half, __ATOMIC_ACQUIRE) / bits;
}

/// Never below the old one in between, where it takes two stores: the upper
/// half comes first.
void store_rising(uint64_t &to, uint64_t value) {
  if constexpr (sizeof(uintptr_t) == sizeof(uint64_t)) {
    __atomic_store_n(&to, value, __ATOMIC_RELAXED);
  } else {
    constexpr uint16_t one = 1;
    const bool little = reinterpret_cast<const uint8_t &>(one) == 1;
    auto *halves = reinterpret_cast<uint32_t *>(&to);
    __atomic_store_n(halves + (little ? 1 : 0),
                     static_cast<uint32_t>(value >> 32), __ATOMIC_RELAXED);
    __atomic_store_n(halves + (little ? 0 : 1), static_cast<uint32_t>(value),
                     __ATOMIC_RELEASE);
  }
}

StreamOptions stream_options(const Ring &ring, const RingOptions &options) {
  return {options.directory, ring.number, options.session.packet_bytes,
          options.session.file_bytes, options.session.keep};
}

/// Only one thread at a time writes a ring's packets out. The thread that fills
/// the ring holds it too while it begins a packet.
class Writing {
public:
  explicit Writing(Ring &ring) : ring_(ring) {
    while (ring_.writer.exchange(1, std::memory_order_acquire))
      sched_yield();
  }
  ~Writing() { ring_.writer.store(0, std::memory_order_release); }
  Writing(const Writing &) = delete;
  Writing &operator=(const Writing &) = delete;

private:
  Ring &ring_;
};

/// An empty packet of the calling thread in its place. What was there is not a
/// packet any more before anything of it changes.
void begin_packet(Ring &ring, uint64_t sequence, const RingOptions &options) {
  trace_packet &packet = packet_at(ring, sequence);
  store_small<__ATOMIC_SEQ_CST>(packet.content_size, 0);
  std::atomic_thread_fence(std::memory_order_release);
  const uint64_t now = clock_now(options.session.clock);
  packet.magic = TRACE_PACKET_MAGIC;
  memcpy(packet.uuid, options.uuid, sizeof packet.uuid);
  packet.stream_id = 0;
  packet.timestamp_begin = now;
  packet.timestamp_end = now;
  packet.packet_size = uint64_t{options.session.packet_bytes} * bits;
  packet.packet_seq_num = sequence;
  packet.events_discarded = ring.discarded;
  packet.pid = options.pid;
  packet.tid = ring.owner.load(std::memory_order_relaxed);
  // A system call: not for every packet of a busy thread.
  if (ring.name_of != packet.tid ||
      now - ring.named_at >= options.session.frequency / names_a_second) {
    memset(ring.name, 0, sizeof ring.name);
    prctl(PR_GET_NAME, ring.name, 0, 0, 0);
    ring.name_of = packet.tid;
    ring.named_at = now;
  }
  memcpy(packet.comm, ring.name, sizeof packet.comm);
  store_small<__ATOMIC_RELEASE>(packet.content_size, sizeof packet * bits);

  ring.sequence = sequence;
  const auto begin = reinterpret_cast<uintptr_t>(&packet);
  ring.words.packet = begin;
  ring.words.published = begin + sizeof packet;
  ring.words.tail = begin + sizeof packet;
  ring.words.limit = begin + options.session.packet_bytes;
  ring.words.records = 0;
}

/// The packets from `sequence` on of which something is not in the stream, as
/// far as they are committed, and as many as one call takes; `sequence` is then
/// the next one's.
std::span<const StreamPacket> collect(const Ring &ring, uint64_t &sequence,
                                      StreamPacket *packets) {
  size_t count = 0;
  for (; sequence <= ring.sequence && count < stream_packets_max; ++sequence) {
    const trace_packet &packet = packet_at(ring, sequence);
    const uint64_t content = load_content(packet);
    const uint64_t there = ring.stream.has(sequence) ? ring.stream.content : 0;
    if (content > sizeof packet && content > there)
      packets[count++] = {&packet, content};
  }
  return {packets, count};
}

/// Writes out every packet from `appended` to the current one, as far as it is
/// committed. Held: Writing.
int write_packets(Ring &ring, const RingOptions &options) {
  trace_ring_file &head = ring.head();
  const StreamOptions stream = stream_options(ring, options);
  uint64_t sequence = head.appended;
  if (ring.sequence >= head.packet_count &&
      sequence < ring.sequence - head.packet_count + 1)
    sequence = ring.sequence - head.packet_count + 1; // flight: overwritten
  while (sequence <= ring.sequence) {
    StreamPacket storage[stream_packets_max];
    const std::span packets = collect(ring, sequence, storage);
    const uint64_t there =
        !packets.empty() && ring.stream.has(packets[0].packet->packet_seq_num)
            ? ring.stream.content
            : 0;
    const auto [done, error] = stream_write(ring.stream, stream, packets);
    for (const StreamPacket &each : packets.first(done))
      head.bytes += each.content;
    if (done > 0)
      head.bytes -= there;
    head.stream_number = ring.stream.number;
    head.appended = error ? packets[done].packet->packet_seq_num
                          : std::min(sequence, ring.sequence);
    if (error)
      return error;
  }
  return 0;
}

/// How many packets are written at once: to open the file costs as much as to
/// write a quarter of a packet, where system calls are dear, and the page cache
/// takes larger aligned pieces for less. All of a ring may be full: none of it
/// is needed before the thread that fills it is back.
uint64_t packets_at_once(const trace_session &session) {
  return std::min<uint64_t>(stream_packets_max, session.packet_count);
}

/// In stream mode: the packet in the place that is needed next was not written
/// out. How many records that loses.
uint64_t give_up_oldest(Ring &ring) {
  trace_ring_file &head = ring.head();
  const uint64_t next = ring.sequence + 1;
  if (next < head.packet_count)
    return 0;
  const uint64_t oldest = next - head.packet_count;
  if (head.appended > oldest)
    return 0;
  head.appended = oldest + 1;
  return ring.records[oldest % head.packet_count];
}

} // namespace

int ring_create(Ring &ring, uint32_t number, const RingOptions &options) {
  Path path(options.directory);
  path << "/ring-" << number;
  if (path.is_cut())
    return -ENAMETOOLONG;
  const size_t bytes = file_bytes(options.session);
  const File file(path.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
  if (file.error())
    return file.error();
  // A store into a mapping for which the disk has no block would be SIGBUS.
  int error = file.allocate(bytes);
  void *memory = error ? nullptr : file.map(bytes);
  if (!error && !memory)
    error = -ENOMEM;
  if (!error && madvise(memory, bytes, populate_write) != 0 &&
      errno != EINVAL) // unknown before Linux 5.14; then they come one by one
    error = -errno;
  if (error) {
    if (memory)
      munmap(memory, bytes);
    unlink(path.c_str());
    return error;
  }
  const Writing writing(ring);
  ring.number = number;
  __atomic_store_n(&ring.file, static_cast<unsigned char *>(memory),
                   __ATOMIC_RELEASE);
  trace_ring_file &head = ring.head();
  head.version = TRACE_RECORDING_VERSION;
  head.number = number;
  head.packet_bytes = options.session.packet_bytes;
  head.packet_count = options.session.packet_count;
  head.magic = TRACE_RING_MAGIC;
  begin_packet(ring, 0, options);
  return 0;
}

RingResult ring_adopt(Ring &ring, const RingOptions &options) {
  const bool is_empty =
      ring.words.published == ring.words.packet + sizeof(trace_packet);
  if (is_empty) {
    const Writing writing(ring);
    begin_packet(ring, ring.sequence, options);
    return {};
  }
  // The owner before may have died in the middle of an event.
  ring.words.tail = ring.words.published;
  return ring_next_packet(ring, options);
}

void ring_leave(Ring &ring) {
  if (!ring.file || ring.words.published != ring.words.tail)
    return;
  const trace_ring_file &head = ring.head();
  const size_t bytes =
      TRACE_RING_HEAD_BYTES + size_t{head.packet_bytes} * head.packet_count;
  unsigned char *const file = ring.file;
  ring.words = {};
  __atomic_store_n(&ring.file, nullptr, __ATOMIC_RELEASE);
  munmap(file, bytes);
}

unsigned char *ring_reserve(Ring &ring, size_t bytes, uint32_t clock) {
  uintptr_t begin = __atomic_load_n(&ring.words.tail, __ATOMIC_RELAXED);
  uint64_t now;
  do {
    const uintptr_t limit =
        __atomic_load_n(&ring.words.limit, __ATOMIC_RELAXED);
    if (limit - begin < bytes)
      return nullptr;
    now = clock_now(clock);
  } while (!__atomic_compare_exchange_n(&ring.words.tail, &begin, begin + bytes,
                                        false, __ATOMIC_RELAXED,
                                        __ATOMIC_RELAXED));
  ring.last_record = begin;
  ring.last_end = begin + bytes;
  auto *record = reinterpret_cast<unsigned char *>(begin);
  memcpy(record + TRACE_RECORD_AT_timestamp, &now, sizeof now);
  __atomic_fetch_add(&ring.words.records, 1, __ATOMIC_RELAXED);
  return record;
}

void ring_commit(Ring &ring, unsigned char *record, uint32_t clock) {
  const auto begin = reinterpret_cast<uintptr_t>(record);
  if (__atomic_load_n(&ring.words.published, __ATOMIC_RELAXED) != begin)
    return; // the event that this one interrupted publishes both
  auto &packet = *reinterpret_cast<trace_packet *>(ring.words.packet);
  while (true) {
    const uintptr_t end = __atomic_load_n(&ring.words.tail, __ATOMIC_RELAXED);
    if (end == __atomic_load_n(&ring.words.published, __ATOMIC_RELAXED))
      return;
    uint64_t last;
    if (ring.last_record == begin && ring.last_end == end)
      memcpy(&last, record + TRACE_RECORD_AT_timestamp, sizeof last);
    else
      last = clock_now(clock);
    store_rising(packet.timestamp_end, last);
    store_small<__ATOMIC_RELEASE>(packet.content_size,
                                  (end - ring.words.packet) * bits);
    // A handler that comes in between must see both or neither.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    __atomic_store_n(&ring.words.published, end, __ATOMIC_RELAXED);
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
}

RingResult ring_next_packet(Ring &ring, const RingOptions &options) {
  if (ring.words.published != ring.words.tail)
    return {.ok = false};
  RingResult result;
  const Writing writing(ring);
  trace_ring_file &head = ring.head();
  ring.records[ring.sequence % head.packet_count] =
      static_cast<uint32_t>(ring.words.records);
  if (options.session.mode == TRACE_MODE_STREAM &&
      ring.sequence + 1 - head.appended >= packets_at_once(options.session)) {
    result.error = write_packets(ring, options);
    // The current packet is full: it will not grow any more.
    if (!result.error)
      head.appended = ring.sequence + 1;
    else
      result.lost = give_up_oldest(ring);
    ring.discarded += result.lost;
  }
  head.records += ring.words.records;
  begin_packet(ring, ring.sequence + 1, options);
  return result;
}

int ring_write_out(Ring &ring, const RingOptions &options) {
  const Writing writing(ring);
  return write_packets(ring, options);
}

void ring_cut_stream(Ring &ring, const RingOptions &options) {
  const Writing writing(ring);
  if (ring.stream.file_bytes)
    stream_cut(ring.stream, stream_options(ring, options));
}

} // namespace trace
