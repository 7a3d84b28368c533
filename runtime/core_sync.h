/// Makes every thread of the process forget the instructions that it has
/// fetched so far, before it executes another one.
#ifndef TRACE_RUNTIME_CORE_SYNC_H
#define TRACE_RUNTIME_CORE_SYNC_H

namespace trace {

/// For one batch: whether a fork's child starts registered differs between
/// kernels, so no longer.
class CoreSync {
public:
  /// Must succeed before the first code byte of a batch is written. 0 or errno.
  ///
  /// is_needed: that every processor is serialised. Else this is as good as the
  /// kernel has it, and fails only for want of permission.
  int prepare(bool is_needed);

  /// 0 or errno.
  int run() const;

private:
  int command_ = 0; ///< of membarrier(2); 0: none
};

} // namespace trace

#endif
