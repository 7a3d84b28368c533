/// membarrier(2) with SYNC_CORE: each running thread of the process executes a
/// serialising instruction before it returns to user mode (Linux 4.16,
/// Documentation/features/sched/membarrier-sync-core: x86, Arm, AArch64, Power,
/// s390; RISC-V since Linux 6.10). Where it is needed there is no fallback:
/// what else interrupts every processor, an mprotect that shrinks rights, does
/// not where TLB entries are dropped by broadcast (AMD INVLPGB, Linux 6.15).
///
/// Elsewhere PRIVATE_EXPEDITED (Linux 4.14, everywhere) interrupts each
/// processor that runs a thread of the process. What serialises it on the way
/// back is not promised; each file in arch/ says what does. A change by one
/// write is safe without that, and only seen later.
#include "core_sync.h"

#include <cerrno>
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace trace {
namespace {

int membarrier(int command) {
  return syscall(SYS_membarrier, command, 0, 0) == 0 ? 0 : errno;
}

} // namespace

// Registering again is cheap and does nothing.
int CoreSync::prepare(bool is_needed) {
  int number = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE);
  command_ = MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE;
  if (number == 0 || is_needed)
    return number;
  number = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
  command_ = MEMBARRIER_CMD_PRIVATE_EXPEDITED;
  if (number == 0)
    return 0;
  command_ = 0;
  return number == ENOSYS || number == EINVAL ? 0 : number;
}

int CoreSync::run() const { return command_ ? membarrier(command_) : 0; }

} // namespace trace
