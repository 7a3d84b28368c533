/// The processor's own clock, as user code may read it.
#ifndef TRACE_RUNTIME_ARCH_COUNTER_H
#define TRACE_RUNTIME_ARCH_COUNTER_H

#include <cstdint>

namespace trace::arch {

/// Whether there is a counter that runs at one rate on all processors, whatever
/// they do. Reads files: not for signal handlers.
bool has_counter();

/// Its value. Only where has_counter(); the code behind a site reads the same
/// (Target::counter in targets.h).
uint64_t counter();

/// Its rate in Hz, where the architecture says it; 0: must be measured.
uint64_t counter_frequency();

/// Where the thread's own memory is addressed from. Null: not known here, and
/// then not to the code behind a site either.
char *thread_pointer();

} // namespace trace::arch

#endif
