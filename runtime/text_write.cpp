#include "text_write.h"

#include "maps.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr int get_mdwe = 66; // PR_GET_MDWE, Linux 6.3; not yet in all headers
constexpr const char *call_open = "open /proc/self/mem";
constexpr const char *call_remap = "mremap";

// Found out once in a process, and then true for its forks. Under the lock.
constinit bool runs_natively = false;

void *map_memory(size_t bytes) {
  void *memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : memory;
}

/// Kept for the next batch: to map and unmap it costs more than to change one
/// site, and an unmap interrupts the other processors. Under the lock.
uint8_t *shared_buffer(size_t bytes) {
  static constinit void *buffer = nullptr;
  if (!buffer)
    buffer = map_memory(bytes);
  return static_cast<uint8_t *>(buffer);
}

} // namespace

TextWriter::TextWriter()
    : page_bytes_(static_cast<size_t>(sysconf(_SC_PAGESIZE))),
      buffer_(shared_buffer(buffer_pages * page_bytes_)),
      descriptor_(open("/proc/self/mem", O_RDWR | O_CLOEXEC)) {
  if (descriptor_ < 0) {
    proc_errno_ = errno;
    proc_call_ = call_open;
  }
}

TextWriter::~TextWriter() {
  if (descriptor_ >= 0)
    close(descriptor_);
}

size_t TextWriter::write(uintptr_t page, size_t count) {
  size_t done = write_by_proc(page, count);
  while (done < count &&
         write_by_swap(page + done * page_bytes_, buffer_ + done * page_bytes_))
    ++done;
  return done;
}

void TextWriter::refuse_proc(const char *call, int number) {
  proc_call_ = call;
  proc_errno_ = number;
  close(descriptor_); // what was refused once will be refused again
  descriptor_ = -1;
}

// Returns how many pages were written whole. One that was written in part is
// written again by the other way.
size_t TextWriter::write_by_proc(uintptr_t page, size_t count) {
  if (descriptor_ >= 0 && !runs_natively) {
    const int number = check_runs_natively(page);
    if (number)
      refuse_proc("read /proc/thread-self/maps", number);
    runs_natively = number == 0;
  }
  if (descriptor_ < 0)
    return 0;
  const size_t bytes = count * page_bytes_;
  size_t done = 0;
  while (done < bytes) {
    const ssize_t written = pwrite(descriptor_, buffer_ + done, bytes - done,
                                   static_cast<off_t>(page + done));
    if (written > 0) {
      done += static_cast<size_t>(written);
      continue;
    }
    if (written < 0 && errno == EINTR)
      continue;
    refuse_proc("write /proc/self/mem", written < 0 ? errno : EIO);
    break;
  }
  return done / page_bytes_;
}

bool TextWriter::write_by_swap(uintptr_t page, const uint8_t *content) {
  swap_call_ = "mmap";
  void *copy = map_memory(page_bytes_);
  if (!copy) {
    swap_errno_ = errno;
    return false;
  }
  memcpy(copy, content, page_bytes_);

  swap_call_ = "mprotect";
  if (mprotect(copy, page_bytes_, PROT_READ | PROT_EXEC) == 0) {
    swap_call_ = call_remap;
    void *place = reinterpret_cast<void *>(page);
    if (mremap(copy, page_bytes_, page_bytes_, MREMAP_MAYMOVE | MREMAP_FIXED,
               place) != MAP_FAILED)
      return true;
  }
  swap_errno_ = errno;
  munmap(copy, page_bytes_);
  return false;
}

const char *proc_refusal(int number, bool at_open, int dumpable) {
  if (at_open && dumpable != 1 && (number == EACCES || number == EPERM))
    return "the process is not dumpable, after setuid, setgid or "
           "PR_SET_DUMPABLE 0";
  if (at_open && number == ENOENT)
    return "no /proc is mounted here, as in a chroot";
  if (at_open && number == EACCES)
    return "/proc belongs to another user, or a security module forbids it";
  if (number == ENOTSUP)
    return "an emulator runs this program and would not notice the change";
  if (number == EIO)
    return "the kernel runs with proc_mem.force_override=ptrace or never";
  return "see the error number";
}

const char *swap_refusal(int number, bool at_remap, int mdwe) {
  if (mdwe > 0 && number == EACCES)
    return "PR_SET_MDWE forbids new code pages";
  if (at_remap && number == EPERM)
    return "the code is sealed by mseal";
  if (number == EACCES || number == EPERM)
    return "a security module forbids new code pages";
  return "see the error number";
}

void TextWriter::explain(char *text, size_t bytes) const {
  const int dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
  const int mdwe = prctl(get_mdwe, 0, 0, 0, 0);
  int size = 0;
  errno = proc_errno_; // %m prints errno
  size = snprintf(text, bytes, "%s: %m (%s)", proc_call_,
                  proc_refusal(proc_errno_, proc_call_ == call_open, dumpable));
  if (size < 0 || static_cast<size_t>(size) >= bytes)
    return;
  errno = swap_errno_;
  snprintf(text + size, bytes - static_cast<size_t>(size),
           "; %s of a changed copy: %m (%s)", swap_call_,
           swap_refusal(swap_errno_, swap_call_ == call_remap, mdwe));
}

} // namespace trace
