#include "file.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr size_t signal_set_bytes = _NSIG / 8;

int result_of(long result) {
  return result < 0 ? -errno : static_cast<int>(result);
}

/// An offset is two words on every architecture (preadv(2), "C library/kernel
/// differences").
long low(uint64_t offset) { return static_cast<long>(offset); }
long high(uint64_t offset) {
  constexpr unsigned half_bits = sizeof(long) * 4;
  return static_cast<long>(offset >> half_bits >> half_bits);
}

/// The write went over RLIMIT_FSIZE, and the signal for that is pending in this
/// thread: the program did nothing to get it.
void drop_size_signal() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGXFSZ);
  const timespec none = {};
  syscall(SYS_rt_sigtimedwait, &set, nullptr, &none, signal_set_bytes);
}

} // namespace

Path &Path::operator<<(std::string_view text) {
  const size_t room = sizeof bytes_ - 1 - size_;
  cut_ |= text.size() > room;
  const size_t count = std::min(text.size(), room);
  memcpy(bytes_ + size_, text.data(), count);
  size_ += count;
  bytes_[size_] = 0;
  return *this;
}

Path &Path::operator<<(uint64_t number) {
  return *this << Digits(number, 10, false).text();
}

File::File(const char *path, int flags, unsigned mode)
    : descriptor_(result_of(syscall(SYS_openat, AT_FDCWD, path,
                                    flags | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY,
                                    mode))) {}

void File::close() {
  if (descriptor_ >= 0)
    syscall(SYS_close, descriptor_);
  descriptor_ = -EBADF;
}

int File::status(struct stat &status) const {
  return result_of(fstat(descriptor_, &status));
}

int File::resize(uint64_t bytes) const {
  const int error =
      result_of(ftruncate(descriptor_, static_cast<off_t>(bytes)));
  if (error == -EFBIG)
    drop_size_signal();
  return error;
}

int File::allocate(uint64_t bytes) const {
  const int error = -posix_fallocate(descriptor_, 0, static_cast<off_t>(bytes));
  if (error == -EFBIG)
    drop_size_signal();
  return error;
}

int File::write(std::span<const std::string_view> pieces, uint64_t at) const {
  iovec vectors[pieces_max];
  uint64_t left = 0;
  for (size_t i = 0; i < pieces.size(); ++i) {
    vectors[i] = {const_cast<char *>(pieces[i].data()), pieces[i].size()};
    left += pieces[i].size();
  }
  iovec *next = vectors;
  while (left > 0) {
    const long count =
        syscall(SYS_pwritev, descriptor_, next, vectors + pieces.size() - next,
                low(at), high(at));
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0) {
      const int error = count < 0 ? -errno : -EIO;
      if (error == -EFBIG)
        drop_size_signal();
      return error;
    }
    at += static_cast<uint64_t>(count);
    left -= static_cast<uint64_t>(count);
    for (auto rest = static_cast<size_t>(count); rest > 0;) {
      const size_t of_this = std::min(rest, next->iov_len);
      next->iov_base = static_cast<char *>(next->iov_base) + of_this;
      next->iov_len -= of_this;
      rest -= of_this;
      if (next->iov_len == 0)
        ++next;
    }
  }
  return 0;
}

long File::read(void *data, size_t bytes, uint64_t at) const {
  size_t done = 0;
  while (done < bytes) {
    iovec piece = {static_cast<char *>(data) + done, bytes - done};
    const long count = syscall(SYS_preadv, descriptor_, &piece, 1,
                               low(at + done), high(at + done));
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return -errno;
    if (count == 0)
      break;
    done += static_cast<size_t>(count);
  }
  return static_cast<long>(done);
}

void *File::map(size_t bytes) const {
  void *memory =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  return memory == MAP_FAILED ? nullptr : memory;
}

int replace_file(const char *path, const char *temporary, std::string_view head,
                 std::string_view rest) {
  // Left behind by a kill, if it is there; the directory is ours alone.
  unlink(temporary);
  File file(temporary, O_WRONLY | O_CREAT | O_EXCL, 0600);
  int error = file.error();
  if (!error)
    error = file.write({{head, rest}}, 0);
  file.close();
  if (!error)
    error = result_of(rename(temporary, path));
  if (error)
    unlink(temporary);
  return error;
}

SignalsBlocked::SignalsBlocked() {
  static_assert(sizeof before_ >= signal_set_bytes);
  constexpr uint64_t all[2] = {~uint64_t{0}, ~uint64_t{0}};
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, all, before_, signal_set_bytes);
}

SignalsBlocked::~SignalsBlocked() {
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, before_, nullptr, signal_set_bytes);
}

} // namespace trace
