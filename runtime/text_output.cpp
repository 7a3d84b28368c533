#include "text_output.h"

#include "descriptor.h"
#include "error.h"
#include "line_head.h"
#include "record.h"
#include "render.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr uint64_t nanoseconds_per_second = 1'000'000'000;
constexpr std::string_view cut_mark = "...\n";

/// The file of TRACE_OUTPUT; null path: standard error. Set once, before the
/// first event is enabled, but for the descriptor and what it should name.
struct Output {
  bool opened = false;
  const char *path = nullptr;
  // As wide as every processor loads without a lock: on 32 bits the lower half.
  std::atomic<unsigned long> device{0};
  std::atomic<unsigned long> inode{0};
  std::atomic<int> descriptor{STDERR_FILENO};
  std::atomic<bool> reopening{false};
};
constinit Output output;

// Not open(): these are no cancellation points, as an event isn't one.
int open_for_append(const char *path) {
  const int descriptor = static_cast<int>(
      syscall(SYS_openat, AT_FDCWD, path,
              O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666));
  if (descriptor < 0 || descriptor > STDERR_FILENO)
    return descriptor;
  // The program runs with a closed standard stream: leave that place free.
  const int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int saved_errno = errno;
  syscall(SYS_close, descriptor);
  errno = saved_errno;
  return higher;
}

bool is_our_file(int descriptor) {
  struct stat now;
  return fstat(descriptor, &now) == 0 &&
         static_cast<unsigned long>(now.st_dev) == output.device &&
         static_cast<unsigned long>(now.st_ino) == output.inode;
}

/// The program may have closed our descriptor and opened a file of its own
/// under the number. -1: the file can't be opened again.
int current_descriptor() {
  const int descriptor = output.descriptor.load(std::memory_order_relaxed);
  if (!output.path || is_our_file(descriptor))
    return descriptor;
  if (output.reopening.exchange(true))
    return -1; // another event is at it
  const int reopened = open_for_append(output.path);
  struct stat now;
  if (reopened >= 0 && fstat(reopened, &now) == 0) {
    output.device = static_cast<unsigned long>(now.st_dev);
    output.inode = static_cast<unsigned long>(now.st_ino);
    output.descriptor = reopened;
  }
  output.reopening = false;
  return reopened;
}

/// Whoever reads our lines may leave (`... 2>&1 | head`), and the SIGPIPE of a
/// write to nobody would end the program that is traced. Held back here, and
/// taken away if it was not there before.
class BrokenPipeGuard {
public:
  explicit BrokenPipeGuard(int descriptor) {
    struct stat info;
    active_ = descriptor >= 0 && fstat(descriptor, &info) == 0 &&
              (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode));
    if (!active_)
      return;
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~BrokenPipeGuard() {
    if (!active_)
      return;
    const timespec none = {};
    if (!was_pending_)
      syscall(SYS_rt_sigtimedwait, &pipe_, nullptr, &none, _NSIG / 8);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  BrokenPipeGuard(const BrokenPipeGuard &) = delete;
  BrokenPipeGuard &operator=(const BrokenPipeGuard &) = delete;

private:
  bool active_;
  bool was_pending_ = false;
  sigset_t pipe_, before_;
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const long count = syscall(SYS_write, descriptor, text.data(), text.size());
    if (count > 0) {
      text.remove_prefix(static_cast<size_t>(count));
      continue;
    }
    if (count < 0 && errno == EINTR)
      continue;
    if (count == 0 || errno != EAGAIN)
      return false;
    pollfd writable = {descriptor, POLLOUT, 0};
    if (syscall(SYS_ppoll, &writable, 1, nullptr, nullptr, 0) < 0 &&
        errno != EINTR)
      return false;
  }
  return true;
}

} // namespace

int text_output_open(const char *path) {
  if (output.opened)
    return 0;
  if (!path || !*path) {
    output.opened = true;
    return 0;
  }
  char *const copy = strdup(path);
  if (!copy)
    return fail_no_memory();
  const int descriptor = open_for_append(copy);
  struct stat info;
  if (descriptor < 0 || fstat(descriptor, &info) != 0) {
    const int number = errno;
    free(copy);
    errno = number; // %m prints errno
    return fail(number, "cannot open TRACE_OUTPUT=%s: %m", path);
  }
  output.path = copy;
  output.device = static_cast<unsigned long>(info.st_dev);
  output.inode = static_cast<unsigned long>(info.st_ino);
  output.descriptor.store(descriptor, std::memory_order_relaxed);
  output.opened = true;
  return 0;
}

bool text_output_write(const trace_event &event,
                       std::span<const uint8_t> payload, char *line) {
  char comm[17] = ""; // TASK_COMM_LEN is 16, with the NUL
  prctl(PR_GET_NAME, comm, 0, 0, 0);
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const int cpu = sched_getcpu();
  const LineHead head = {comm, static_cast<int>(syscall(SYS_gettid)),
                         cpu < 0 ? 0 : static_cast<unsigned>(cpu),
                         static_cast<uint64_t>(now.tv_sec) *
                                 nanoseconds_per_second +
                             static_cast<uint64_t>(now.tv_nsec)};

  TextBuffer out(line, record_line_bytes_max - cut_mark.size());
  put_line_head(out, head, event_name(event));
  render(event, payload, out);
  // Behind the buffer's room, which ends before the mark.
  const std::string_view end = out.is_cut() ? cut_mark : "\n";
  memcpy(line + out.text().size(), end.data(), end.size());
  const int descriptor = current_descriptor();
  const BrokenPipeGuard guard(descriptor);
  return descriptor >= 0 &&
         write_all(descriptor, {line, out.text().size() + end.size()});
}

} // namespace trace
