/// Files as an event may use them: async-signal-safe, no cancellation points.
/// All return 0 (or a descriptor), or -errno.
#ifndef TRACE_RUNTIME_RECORDING_FILE_H
#define TRACE_RUNTIME_RECORDING_FILE_H

#include "../text_buffer.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

struct stat;

namespace trace {

inline constexpr size_t path_bytes_max = 1280;

/// A path under construction, always NUL-terminated.
class Path {
public:
  Path() = default;
  Path(std::string_view text) { *this << text; }
  Path &operator<<(std::string_view text);
  Path &operator<<(uint64_t number);
  const char *c_str() const { return bytes_; }
  std::string_view text() const { return {bytes_, size_}; }
  bool is_cut() const { return cut_; }

private:
  char bytes_[path_bytes_max] = "";
  size_t size_ = 0;
  bool cut_ = false;
};

/// Closed at the end of its scope: no descriptor is held between events, since
/// a program that closes all it does not know would then get ours back as one
/// of its own.
class File {
public:
  File() = default;
  File(const char *path, int flags, unsigned mode = 0);
  ~File() { close(); }
  File(const File &) = delete;
  File &operator=(const File &) = delete;

  /// 0, or why it could not be opened.
  int error() const { return descriptor_ < 0 ? descriptor_ : 0; }
  int status(struct stat &status) const;
  int resize(uint64_t bytes) const;
  /// Reserves the blocks, so that no store into a mapping lacks one.
  int allocate(uint64_t bytes) const;
  int write(std::string_view data, uint64_t at) const {
    return write({&data, 1}, at);
  }
  /// Pieces, at most pieces_max, one behind the other, by one call.
  static constexpr size_t pieces_max = 8;
  int write(std::span<const std::string_view> pieces, uint64_t at) const;
  /// Bytes read, at most `bytes`, or -errno.
  long read(void *data, size_t bytes, uint64_t at) const;
  /// A shared mapping of the first `bytes`, or null.
  void *map(size_t bytes) const;
  void close();

private:
  int descriptor_ = -1;
};

/// Makes or replaces the file at `path`, which is at every moment the old or
/// the new one, whole. temporary: a path in the same file system.
int replace_file(const char *path, const char *temporary, std::string_view head,
                 std::string_view rest);

/// Blocks every signal of this thread, so that no handler runs meanwhile; also
/// those that libc keeps to itself.
class SignalsBlocked {
public:
  SignalsBlocked();
  ~SignalsBlocked();
  SignalsBlocked(const SignalsBlocked &) = delete;
  SignalsBlocked &operator=(const SignalsBlocked &) = delete;

private:
  uint64_t before_[2] = {};
};

} // namespace trace

#endif
