#include "kernels.h"
#include "sites.h"

EVENT(e0)

#define JOIN(kind, kernel) kind##_##kernel
#define NAME(kind, kernel) JOIN(kind, kernel)
#define KERNEL(kernel) NAME(KIND, kernel)

/* Eight sites, and nothing else, at each pass. */
ENTRY long KERNEL(loop)(struct data *d) {
  unsigned long i = 0;
  for (size_t pass = 0; pass < d->n; ++pass) {
    __asm__ volatile("" : "+r"(i));
    SITE(e0, i, pass);
    SITE(e0, i + 1, pass);
    SITE(e0, i + 2, pass);
    SITE(e0, i + 3, pass);
    SITE(e0, i + 4, pass);
    SITE(e0, i + 5, pass);
    SITE(e0, i + 6, pass);
    SITE(e0, i + 7, pass);
  }
  return (long)i;
}

/* Four values live across the site. */
ENTRY __attribute__((noinline)) unsigned long
NAME(KIND, leaf_function)(unsigned long a, unsigned long b, unsigned long c,
                          unsigned long d) {
  unsigned long x = a * b + c, y = (c ^ d) * a, z = x + (y >> 3),
                w = z ^ (b << 5);
  SITE(e0, x, w);
  return (x * y) ^ (z + w) ^ (a + d);
}
long KERNEL(leaf)(struct data *d) {
  unsigned long sum = 0;
  for (size_t i = 0; i < d->n; ++i)
    sum += NAME(KIND, leaf_function)(i, sum, 3, i + 1);
  return (long)sum;
}

ENTRY long KERNEL(saxpy)(struct data *d) {
  for (size_t i = 0; i < d->n; ++i) {
    SITE(e0, i, i);
    d->y[i] = 2.5f * d->x[i] + d->y[i];
  }
  return 0;
}

ENTRY long KERNEL(sum)(struct data *d) {
  int sum = 0;
  for (size_t i = 0; i < d->n; ++i) {
    sum += d->from[i];
    SITE(e0, i, (unsigned)sum);
  }
  return sum;
}

ENTRY long KERNEL(maximum)(struct data *d) {
  int max = 0;
  for (size_t i = 0; i < d->n; ++i) {
    SITE(e0, i, (unsigned)max);
    max = d->from[i] > max ? d->from[i] : max;
  }
  return max;
}

ENTRY long KERNEL(clear)(struct data *d) {
  for (size_t i = 0; i < d->n; ++i) {
    d->to[i] = 0;
    SITE(e0, i, 0);
  }
  return 0;
}

ENTRY long KERNEL(copy)(struct data *d) {
  for (size_t i = 0; i < d->n; ++i) {
    SITE(e0, i, (unsigned)d->from[i]);
    d->to[i] = d->from[i];
  }
  return 0;
}
