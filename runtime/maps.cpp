#include "maps.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace trace {
namespace {

unsigned hex_digit(char c) {
  return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}

} // namespace

// A line: "FIRST-LAST rwxp OFFSET DEVICE INODE NAME\n" (proc_pid_maps(5)).
void MapsScanner::scan(std::string_view piece) {
  for (const char c : piece) {
    if (c == '\n') {
      first_ = last_ = 0;
      part_ = Part::first;
    } else if (part_ == Part::first) {
      if (c == '-')
        part_ = Part::last;
      else
        first_ = first_ * 16 + hex_digit(c);
    } else if (part_ == Part::last) {
      if (c == ' ')
        part_ = Part::rights;
      else
        last_ = last_ * 16 + hex_digit(c);
    } else if (part_ == Part::rights) {
      if (c == ' ')
        part_ = Part::rest;
      else if (c == 'x' && first_ <= address_ && address_ < last_)
        is_executable_ = true;
    }
  }
}

int check_runs_natively(uintptr_t address) {
  const int maps = open("/proc/thread-self/maps", O_RDONLY | O_CLOEXEC);
  if (maps < 0)
    return errno;
  MapsScanner scanner(address);
  char piece[4096];
  int error = ENOTSUP;
  for (;;) {
    const ssize_t size = read(maps, piece, sizeof piece);
    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0)
      error = errno;
    if (size <= 0)
      break;
    scanner.scan({piece, static_cast<size_t>(size)});
    if (scanner.is_executable()) {
      error = 0;
      break;
    }
  }
  close(maps);
  return error;
}

} // namespace trace
