#include "session.h"

#include "../error.h"
#include "clock.h"
#include "file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace trace {
namespace {

/// Of a process that begins a recording by itself, which waits for it.
constexpr unsigned calibration_microseconds = 1000;

/// -ENOENT: there is none yet.
int read_session(const char *path, trace_session &session) {
  const File file(path, O_RDONLY);
  if (file.error())
    return file.error();
  const long count = file.read(&session, sizeof session, 0);
  if (count < 0)
    return static_cast<int>(count);
  return static_cast<size_t>(count) == sizeof session ? 0 : -EINVAL;
}

/// Whole or not at all, and never in place of another's.
int write_session(const Path &path, const trace_session &session) {
  Path temporary(path);
  temporary << "." << static_cast<uint64_t>(getpid());
  unlink(temporary.c_str());
  File file(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
  int error = file.error();
  if (!error)
    error = file.write(
        {reinterpret_cast<const char *>(&session), sizeof session}, 0);
  file.close();
  if (!error && link(temporary.c_str(), path.c_str()) != 0)
    error = -errno;
  unlink(temporary.c_str());
  return error;
}

} // namespace

trace_session session_defaults() {
  trace_session session = {};
  session.magic = TRACE_SESSION_MAGIC;
  session.version = TRACE_RECORDING_VERSION;
  session.mode = TRACE_MODE_STREAM;
  session.packet_bytes = TRACE_PACKET_BYTES_DEFAULT;
  session.packet_count = TRACE_PACKET_COUNT_DEFAULT;
  session.memory_bytes = TRACE_MEMORY_BYTES_DEFAULT;
  return session;
}

const char *session_defect(const trace_session &session) {
  if (session.magic != TRACE_SESSION_MAGIC)
    return "its file `session` is not one, or of another byte order";
  if (session.version != TRACE_RECORDING_VERSION)
    return "its file `session` is of another release";
  if (session.clock != TRACE_CLOCK_COUNTER &&
      session.clock != TRACE_CLOCK_MONOTONIC)
    return "its file `session` names an unknown clock";
  if (session.mode != TRACE_MODE_STREAM && session.mode != TRACE_MODE_FLIGHT)
    return "its file `session` names an unknown mode";
  if (session.packet_bytes < TRACE_PACKET_BYTES_MIN ||
      session.packet_bytes > TRACE_PACKET_BYTES_MAX ||
      session.packet_bytes % TRACE_PACKET_BYTES_MIN != 0 ||
      session.packet_count < TRACE_PACKET_COUNT_MIN ||
      session.packet_count > TRACE_PACKET_COUNT_MAX || session.frequency == 0)
    return "its file `session` is damaged";
  return nullptr;
}

int session_read(const char *path, trace_session &session) {
  if (const int error = read_session(path, session))
    return error;
  return session_defect(session) ? -EINVAL : 0;
}

int session_make(const char *directory, trace_session &session,
                 unsigned calibration_microseconds) {
  Path path(directory);
  path << "/session";
  session.creator = static_cast<uint32_t>(getpid());
  make_uuid(session.uuid);
  clock_calibrate(session, calibration_microseconds);
  return write_session(path, session);
}

int session_check_directory(const char *directory) {
  struct stat info;
  if (lstat(directory, &info) != 0)
    return fail(errno, "cannot record into %s: %m", directory);
  if (!S_ISDIR(info.st_mode))
    return fail(ENOTDIR, "cannot record into %s: not a directory", directory);
  if (info.st_uid != geteuid())
    return fail(EPERM, "cannot record into %s: it belongs to another user",
                directory);
  if (info.st_mode & (S_IWGRP | S_IWOTH))
    return fail(EPERM,
                "cannot record into %s: others may write there; make it a "
                "directory of your own (chmod go-w)",
                directory);
  return 0;
}

int session_open(const char *directory, trace_session &session) {
  if (mkdir(directory, 0700) != 0 && errno != EEXIST)
    return fail(errno, "cannot make the directory %s: %m", directory);
  if (const int error = session_check_directory(directory))
    return error;
  Path path(directory);
  path << "/session";
  int error = read_session(path.c_str(), session);
  if (error == -ENOENT) {
    error = session_make(directory, session, calibration_microseconds);
    if (error == -EEXIST) // another process was faster
      error = read_session(path.c_str(), session);
  }
  if (error) {
    errno = -error;
    return fail(-error, "cannot record into %s: session: %m", directory);
  }
  if (const char *defect = session_defect(session))
    return fail(EINVAL, "cannot record into %s: %s", directory, defect);
  return 0;
}

void make_uuid(trace_uuid &uuid) {
  if (syscall(SYS_getrandom, uuid, sizeof uuid, 0) != sizeof uuid) {
    // An old kernel, or a sandbox: unique on this machine.
    const uint64_t words[2] = {monotonic_now(),
                               static_cast<uint64_t>(getpid())};
    memcpy(uuid, words, sizeof uuid);
  }
  // Version 4, variant 1 (RFC 9562, 5.4).
  uuid[6] = static_cast<uint8_t>((uuid[6] & 0x0f) | 0x40);
  uuid[8] = static_cast<uint8_t>((uuid[8] & 0x3f) | 0x80);
}

} // namespace trace
