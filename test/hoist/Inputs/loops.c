/* Loops that LLVM vectorises, unrolls, or makes a call of the C library of.
 * With -DOFF without their trace points. */
#include <stddef.h>

#ifdef OFF
#define trace_trip(i) (void)(i)
#define trace_value(i, x) (void)(i)
#else
__attribute__((trace_point)) void trace_trip(size_t i);
__attribute__((trace_point)) void trace_value(size_t i, double x);
#endif

void saxpy(size_t n, float a, const float *restrict x, float *restrict y) {
  for (size_t i = 0; i < n; ++i) {
    trace_value(i, y[i]);
    y[i] = a * x[i] + y[i];
  }
}

unsigned sum(size_t n, const unsigned *x) {
  unsigned sum = 0;
  for (size_t i = 0; i < n; ++i) {
    sum += x[i];
    trace_value(i, sum);
  }
  return sum;
}

int maximum(size_t n, const int *x) {
  int max = x[0];
  for (size_t i = 1; i < n; ++i)
    if (x[i] > max) {
      max = x[i];
      trace_value(i, max);
    }
  return max;
}

void clear(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    trace_trip(i);
    x[i] = 0;
  }
}

void copy(size_t n, int *restrict to, const int *restrict from) {
  for (size_t i = 0; i < n; ++i) {
    to[i] = from[i];
    trace_trip(i);
    trace_value(i, from[i]);
  }
}

void unroll(int *x) {
  for (size_t i = 0; i < 4; ++i) {
    trace_trip(i);
    x[i] = x[i] * 3 + 1;
  }
}

/* The inner loop's trip count is known when it starts. */
void matrix(size_t n, size_t m, float *restrict y, const float *restrict a,
            const float *restrict x) {
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j < m; ++j) {
      trace_trip(j);
      y[j] += a[i * m + j] * x[i];
    }
}
