#include "record_string.h"

#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr bool big_endian = std::endian::native == std::endian::big;
constexpr size_t bytes_max = TRACE_STRING_BYTES_MAX;
constexpr std::string_view null_text = TRACE_STRING_NULL_TEXT;
constexpr std::string_view bad_text = TRACE_STRING_BAD_TEXT;
constexpr std::string_view empty_text = TRACE_STRING_EMPTY_TEXT;

constinit std::atomic<bool> is_safe{false};

void *store(void *to, trace_string_state state, std::string_view characters) {
  const uint16_t head = TRACE_STRING_HEAD(
      big_endian, static_cast<unsigned>(characters.size()), state);
  memcpy(to, &head, sizeof head);
  char *at = static_cast<char *>(to) + sizeof head;
  memcpy(at, characters.data(), characters.size());
  return at + characters.size();
}

uint16_t head_with_state(uint16_t head, trace_string_state state) {
  constexpr unsigned lengths =
      TRACE_STRING_HEAD(big_endian, (1u << TRACE_STRING_LENGTH_BITS) - 1, 0u);
  return static_cast<uint16_t>((head & lengths) |
                               TRACE_STRING_HEAD(big_endian, 0u, state));
}

/// How many of the `bytes` at `from` could be read. Pieces end where pages do:
/// of a piece that is partly readable nothing would be (process_vm_readv(2)).
size_t read_safely(const char *from, char *to, size_t bytes) {
  constexpr size_t page = 4096; // or a part of one
  constexpr int pieces_max = 2;
  static_assert(bytes_max + 1 <= page);
  const size_t first = page - reinterpret_cast<uintptr_t>(from) % page < bytes
                           ? page - reinterpret_cast<uintptr_t>(from) % page
                           : bytes;
  const iovec local = {to, bytes};
  const iovec remote[pieces_max] = {
      {const_cast<char *>(from), first},
      {const_cast<char *>(from + first), bytes - first}};
  // As wide as the kernel takes them: an int on the stack is half of one.
  constexpr unsigned long local_count = 1, flags = 0;
  const unsigned long remote_count = first < bytes ? 2 : 1;
  const long count = syscall(SYS_process_vm_readv, syscall(SYS_getpid), &local,
                             local_count, remote, remote_count, flags);
  return count < 0 ? 0 : static_cast<size_t>(count);
}

size_t safe_bytes(const char *string) {
  char copy[bytes_max + 1];
  const size_t readable = read_safely(string, copy, sizeof copy);
  if (readable == 0)
    return bad_text.size();
  const size_t bytes = strnlen(copy, readable);
  return bytes == 0 ? empty_text.size() : bytes > bytes_max ? bytes_max : bytes;
}

/// `bytes`: what safe_bytes said. The string may have changed since.
void *store_safely(void *to, const char *string, size_t bytes) {
  char copy[bytes_max + 1] = "";
  const size_t readable = read_safely(string, copy, bytes + 1);
  std::string_view characters(copy, bytes);
  if (readable == 0 && bytes == bad_text.size())
    return store(to, TRACE_STRING_BAD, bad_text);
  if (readable > 0 && copy[0] == 0 && bytes == empty_text.size())
    return store(to, TRACE_STRING_EMPTY, empty_text);
  // What can't be read any more is zero.
  const bool cut = readable <= bytes || copy[bytes] != 0;
  return store(to, cut ? TRACE_STRING_CUT : TRACE_STRING_WHOLE, characters);
}

} // namespace

size_t record_string_bytes(const char *string) {
  if (!string)
    return null_text.size();
  if (is_safe.load(std::memory_order_relaxed))
    return safe_bytes(string);
  const size_t bytes = strnlen(string, bytes_max);
  return bytes == 0 ? empty_text.size() : bytes;
}

void *record_store_string(void *to, const char *string, size_t bytes) {
  if (!string)
    return store(to, TRACE_STRING_NULL, null_text);
  if (is_safe.load(std::memory_order_relaxed))
    return store_safely(to, string, bytes);
  if (bytes == empty_text.size() && string[0] == 0)
    return store(to, TRACE_STRING_EMPTY, empty_text);
  // The character behind the last that is kept was looked at by nobody yet.
  const bool cut = bytes == bytes_max && string[bytes] != 0;
  return store(to, cut ? TRACE_STRING_CUT : TRACE_STRING_WHOLE,
               {string, bytes});
}

void *record_store_sized(void *to, const void *from, size_t bytes,
                         uint16_t head) {
  char *const at = static_cast<char *>(to) + sizeof head;
  const auto *bytes_from = static_cast<const char *>(from);
  if (!is_safe.load(std::memory_order_relaxed)) {
    memcpy(at, from, bytes);
  } else if (read_safely(bytes_from, at, bytes) != bytes) {
    // As many as room was made for; that they mean nothing is in the head.
    memset(at, 0, bytes);
    head = head_with_state(head, TRACE_STRING_BAD);
  }
  memcpy(to, &head, sizeof head);
  return at + bytes;
}

void record_strings_safely() { is_safe.store(true, std::memory_order_relaxed); }

} // namespace trace
