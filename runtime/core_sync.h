/// Makes every thread of the process forget the instructions that it has
/// fetched so far, before it executes another one.
#ifndef TRACE_RUNTIME_CORE_SYNC_H
#define TRACE_RUNTIME_CORE_SYNC_H

namespace trace {

/// Must succeed before the first code byte of a batch is written. 0 or errno.
int core_sync_prepare();

/// 0 or errno.
int core_sync();

} // namespace trace

#endif
