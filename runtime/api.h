/// point.h, with its functions as what the library exports. All else is
/// compiled with hidden visibility.
#ifndef TRACE_RUNTIME_API_H
#define TRACE_RUNTIME_API_H

#pragma GCC visibility push(default)
#include <trace/probe.h>

/// Called by the constructor of each traced shared object, if the library is
/// there: an image that is loaded after an enable is patched before its code
/// runs. Does nothing while nothing is enabled.
#ifdef __cplusplus
extern "C"
#endif
    void trace_image_loaded(const struct trace_note *note) TRACE_NOTHROW;
#pragma GCC visibility pop

#endif
