/// What the kernel knows of this process's memory.
#ifndef TRACE_RUNTIME_MAPS_H
#define TRACE_RUNTIME_MAPS_H

#include <cstdint>
#include <string_view>

namespace trace {

/// Reads the text of /proc/PID/maps in pieces of any size, for one address.
class MapsScanner {
public:
  explicit MapsScanner(uint64_t address) : address_(address) {}

  void scan(std::string_view piece);

  /// A line so far covers the address, and says that it is executable.
  bool is_executable() const { return is_executable_; }

private:
  enum class Part : uint8_t { first, last, rights, rest };

  uint64_t address_;
  uint64_t first_ = 0, last_ = 0; ///< [first, last) of the line
  Part part_ = Part::first;
  bool is_executable_ = false;
};

/// Whether processors run the code at `address` themselves: 0; ENOTSUP if not;
/// else the errno of reading. Under QEMU's user mode and its like the program's
/// code is data, which they translate; the kernel has it without execute right.
///
/// They show a program the maps that it expects, but under the name
/// /proc/self/maps only (QEMU: linux-user/syscall.c, do_openat).
int check_runs_natively(uintptr_t address);

} // namespace trace

#endif
