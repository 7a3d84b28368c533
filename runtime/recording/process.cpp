#include "process.h"

#include "clock.h"
#include "metadata.h"
#include "session.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr uint32_t rings_max = 65536;
constexpr uint64_t directories_max = 10'000; ///< of one pid

int made(int result) { return result == 0 ? 0 : -errno; }

/// NAME-PID, and NAME-PID.N after an exec or when a pid comes again.
int make_directory(Process &process, const char *parent) {
  Path base(parent);
  base << "/";
  // What is awkward in a shell or in CTF is a `_`.
  for (const char *c = program_invocation_short_name; *c; ++c) {
    const bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                       (*c >= '0' && *c <= '9') || strchr("+-._", *c);
    base << std::string_view(plain ? c : "_", 1);
  }
  base << "-" << process.pid;
  process.directory = base;
  for (uint64_t n = 1; n <= directories_max; ++n) {
    if (process.directory.is_cut())
      return -ENAMETOOLONG;
    const int error = made(mkdir(process.directory.c_str(), 0700));
    if (error != -EEXIST)
      return error;
    process.directory = base;
    process.directory << "." << n;
  }
  return -EEXIST;
}

void describe(trace_process &file, const Process &process,
              const trace_session &session) {
  file.version = TRACE_RECORDING_VERSION;
  file.layout = TRACE_LAYOUT_VERSION;
  file.state = TRACE_PROCESS_RUNNING;
  memcpy(file.uuid, process.uuid, sizeof file.uuid);
  file.pid = process.pid;
  file.parent = static_cast<uint32_t>(getppid());
  file.started = clock_now(session.clock);
  struct stat space;
  if (stat("/proc/self/ns/pid", &space) == 0)
    file.pid_namespace = space.st_ino;
  strncpy(file.name, program_invocation_short_name, sizeof file.name - 1);
  if (readlink("/proc/self/exe", file.executable, sizeof file.executable - 1) <
      0)
    strncpy(file.executable, program_invocation_name,
            sizeof file.executable - 1);
  file.magic = TRACE_PROCESS_MAGIC;
}

int make_file(Process &process, const trace_session &session) {
  Path path(process.directory);
  path << "/process";
  const File file(path.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
  if (file.error())
    return file.error();
  if (const int error = file.allocate(TRACE_PROCESS_BYTES))
    return error;
  void *memory = file.map(TRACE_PROCESS_BYTES);
  if (!memory)
    return -ENOMEM;
  process.file = static_cast<trace_process *>(memory);
  describe(*process.file, process, session);
  return 0;
}

int write_metadata(const Process &process, const trace_session &session,
                   std::string_view events) {
  utsname names = {};
  uname(&names);
  char head[metadata_head_bytes_max];
  TextBuffer out(head, sizeof head);
  put_metadata_head(out, session, *process.file, names.nodename);
  Path path(process.directory), temporary(process.directory);
  path << "/ctf/metadata";
  temporary << "/metadata.new";
  return replace_file(path.c_str(), temporary.c_str(), out.text(), events);
}

} // namespace

Process *process_allocate(const trace_session &session) {
  const uint64_t ring_bytes =
      uint64_t{session.packet_bytes} * session.packet_count;
  const uint64_t rings =
      std::clamp<uint64_t>(session.memory_bytes / ring_bytes, 1, rings_max);
  const size_t bytes = sizeof(Process) + rings * sizeof(Ring);
  void *memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    return nullptr;
  if (madvise(memory, bytes, MADV_WIPEONFORK) != 0) {
    // Before Linux 4.14. A child would write into its parent's rings.
    munmap(memory, bytes);
    errno = ENOSYS;
    return nullptr;
  }
  auto *process = static_cast<Process *>(memory);
  process->ring_max = static_cast<uint32_t>(rings);
  process->session = session;
  return process;
}

int process_make(Process &process, const char *parent,
                 const trace_session &session, const CatalogText &catalog) {
  process.pid = static_cast<uint32_t>(syscall(SYS_getpid));
  make_uuid(process.uuid);
  if (const int error = make_directory(process, parent))
    return error;
  Path ctf(process.directory);
  ctf << "/ctf";
  if (const int error = made(mkdir(ctf.c_str(), 0700)))
    return error;
  if (const int error = make_file(process, session))
    return error;
  return process_write_events(process, session, catalog);
}

int process_adopt(Process &process, const char *directory) {
  process.pid = static_cast<uint32_t>(syscall(SYS_getpid));
  process.directory = Path(directory);
  Path path(directory);
  path << "/process";
  if (path.is_cut())
    return -ENAMETOOLONG;
  const File file(path.c_str(), O_RDWR);
  if (file.error())
    return file.error();
  struct stat status;
  if (const int error = file.status(status))
    return error;
  // Nobody else can have put it there, and its blocks are reserved.
  if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() ||
      (status.st_mode & (S_IWGRP | S_IWOTH)))
    return -EPERM;
  if (status.st_size != TRACE_PROCESS_BYTES)
    return -EINVAL;
  auto *memory = static_cast<trace_process *>(file.map(TRACE_PROCESS_BYTES));
  if (!memory)
    return -ENOMEM;
  if (memory->magic != TRACE_PROCESS_MAGIC ||
      memory->version != TRACE_RECORDING_VERSION ||
      memory->pid != process.pid) {
    munmap(memory, TRACE_PROCESS_BYTES);
    return -EINVAL;
  }
  process.file = memory;
  memcpy(process.uuid, memory->uuid, sizeof process.uuid);
  return 0;
}

int process_write_events(Process &process, const trace_session &session,
                         const CatalogText &catalog) {
  Path path(process.directory);
  path << "/events";
  const File file(path.c_str(), O_WRONLY | O_CREAT, 0600);
  if (file.error())
    return file.error();
  // What is there stays as it is: the catalog only grows.
  struct stat status;
  if (const int error = file.status(status))
    return error;
  const auto there = static_cast<size_t>(status.st_size);
  if (there < catalog.events.size())
    if (const int error = file.write(
            {catalog.events.data() + there, catalog.events.size() - there},
            there))
      return error;
  return write_metadata(process, session, catalog.metadata);
}

void add_count(uint64_t &count, uint64_t more) {
  if constexpr (sizeof(uintptr_t) == sizeof(uint64_t)) {
    __atomic_fetch_add(&count, more, __ATOMIC_RELAXED);
  } else {
    // The lower half: 32-bit processors count no further without a lock.
    constexpr uint16_t one = 1;
    const bool little = reinterpret_cast<const uint8_t &>(one) == 1;
    __atomic_fetch_add(reinterpret_cast<uint32_t *>(&count) + !little,
                       static_cast<uint32_t>(more), __ATOMIC_RELAXED);
  }
}

trace_lost cause_of(int error) {
  switch (-error) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return TRACE_LOST_NO_SPACE;
  case EACCES:
  case EPERM:
  case ENOENT:
  case ENOTDIR:
  case EROFS:
  case ELOOP:
    return TRACE_LOST_NO_ACCESS;
  case ENOMEM:
    return TRACE_LOST_NO_RING;
  }
  return TRACE_LOST_IO;
}

} // namespace trace
