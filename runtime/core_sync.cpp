/// membarrier(2) with SYNC_CORE: each running thread of the process executes a
/// serialising instruction before it returns to user mode (Linux 4.16,
/// Documentation/features/sched/membarrier-sync-core). There is no fallback:
/// what else interrupts every processor, an mprotect that shrinks rights, does
/// not where TLB entries are dropped by broadcast (AMD INVLPGB, Linux 6.15).
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

// Registering again is cheap and does nothing; and whether a fork's child
// starts registered differs between kernels, so nothing is remembered here.
int core_sync_prepare() {
  return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE);
}

int core_sync() {
  return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE);
}

} // namespace trace
