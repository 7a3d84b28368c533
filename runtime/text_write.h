/// How code bytes get into memory without a page ever being writable and
/// executable at once.
///
///   1. pwrite to /proc/self/mem. The kernel writes through its own mapping;
///      the page keeps its rights and its file, so that perf and uprobes still
///      find it.
///   2. page swap, where that is refused: a copy with the change becomes
///      executable, then takes the page's place by mremap.
///
/// An emulator that translates code, such as QEMU's user mode, sees what the
/// program's own system calls and stores do to code, hence the page swap. It
/// does not see the first way: a 64-bit program would go on running the old
/// code, although its memory holds the new (neither mprotect with the same
/// rights nor a flush of instruction caches changes that, tried in QEMU 7.2);
/// and a 32-bit one's addresses are not those that /proc/self/mem counts in, so
/// that the emulator itself would be overwritten. So the first way is taken
/// only where processors run the code themselves (maps.h).
///
/// A thread may fetch from the page meanwhile. Both ways change what lies in
/// one aligned 8-byte word at once: the page swap by the page table; the
/// kernel copies a whole, aligned page in units of at least 8 bytes
/// (arch/x86/lib/memcpy_64.S: movq, or rep movsb on processors whose fast
/// string operation moves whole lines; a copy of two bytes would be two
/// stores). Hence whole pages, although only the sites' bytes differ. Several
/// in a row in one call: the kernel still takes them one by one, and the call
/// costs more than they do.
#ifndef TRACE_RUNTIME_TEXT_WRITE_H
#define TRACE_RUNTIME_TEXT_WRITE_H

#include <cstddef>
#include <cstdint>

namespace trace {

/// For one batch, and one at a time (under the lock): holds a descriptor, which
/// must not outlive it (after fork it would name the parent's memory, and
/// programs close what they don't know).
class TextWriter {
public:
  TextWriter();
  ~TextWriter();
  TextWriter(const TextWriter &) = delete;
  TextWriter &operator=(const TextWriter &) = delete;

  /// A page-aligned buffer of so many pages; null: no memory.
  uint8_t *buffer() { return buffer_; }
  static constexpr size_t buffer_pages = 16;
  size_t page_bytes() const { return page_bytes_; }

  /// Makes the buffer the content of the `count` pages from `page` on. Returns
  /// how many were written; then the next was refused, and the rest is as it
  /// was.
  size_t write(uintptr_t page, size_t count);

  /// Why write() was refused, for people.
  void explain(char *text, size_t bytes) const;

private:
  void refuse_proc(const char *call, int number);
  size_t write_by_proc(uintptr_t page, size_t count);
  bool write_by_swap(uintptr_t page, const uint8_t *content);

  size_t page_bytes_;
  uint8_t *buffer_;
  int descriptor_;
  int proc_errno_ = 0;
  int swap_errno_ = 0;
  const char *proc_call_ = "";
  const char *swap_call_ = "";
};

/// The causes behind the errors of the two ways, as far as they can be told.
/// dumpable and mdwe: of prctl PR_GET_DUMPABLE and PR_GET_MDWE.
const char *proc_refusal(int number, bool at_open, int dumpable);
const char *swap_refusal(int number, bool at_remap, int mdwe);

} // namespace trace

#endif
