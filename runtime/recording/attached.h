/// A recording that a tool begins from outside (trace/attach.h): its process,
/// and the children that it forks.
#ifndef TRACE_RUNTIME_RECORDING_ATTACHED_H
#define TRACE_RUNTIME_RECORDING_ATTACHED_H

#include "process.h"

namespace trace {

/// What events go to in the recording `asked` for from outside: the directory
/// that the tool has made; in a fork's child one of its own, which its first
/// event makes. Its stage is ready or failed. Null: no memory, or this is a
/// vfork's child whose parent has not begun. Signals are blocked; the caller is
/// an AttachUser.
Process *attached_process(uint32_t asked);

} // namespace trace

#endif
