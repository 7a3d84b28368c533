/* The functions that are measured, once for each kind of site. */
#ifndef KERNELS_H
#define KERNELS_H
#include <stddef.h>

#define KINDS(X)                                                               \
  X(none) X(trace) X(asm_goto) X(flag) X(sdt_clang) X(sdt_gcc) X(lttng) X(xray)
#define KERNELS(X, kind)                                                       \
  X(kind, loop) X(kind, leaf) X(kind, saxpy) X(kind, sum) X(kind, maximum)     \
  X(kind, clear) X(kind, copy)

enum { elements = 1024 };
struct data {
  float x[elements], y[elements];
  int from[elements], to[elements];
  size_t n;
};

#ifdef __cplusplus
extern "C" {
#endif
#define DECLARE_KERNEL(kind, kernel) long kind##_##kernel(struct data *d);
#define DECLARE_KIND(kind) KERNELS(DECLARE_KERNEL, kind)
KINDS(DECLARE_KIND)
#ifdef __cplusplus
}
#endif
#endif
