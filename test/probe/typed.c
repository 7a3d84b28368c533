/* A probe gets what the event was called with, in the types of C, while it is
 * attached and not a call later; it enables the event beside others who do. */
// DEFINE: %{flags} =
// DEFINE: %{check} = %clang_trace %{flags} -Wall -Wextra -Werror %s -o %t %link && %t 2>&1 | FileCheck %s --allow-empty
// REQUIRES: lld
// REDEFINE: %{flags} = -O2
// RUN: %{check}
// REDEFINE: %{flags} = -O0
// RUN: %{check}
// REDEFINE: %{flags} = -O2 -flto -fuse-ld=lld
// RUN: %{check}
// Without the plugin there is no event.
// RUN: %clang -DPLAIN -I%include -Wall -Wextra -Werror %s -o %t && %t
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <trace/probe.h>

#define CHECK(x) ((x) ? (void)0 : (fprintf(stderr, "%d: %s: %s\n", __LINE__, #x, trace_error()), exit(1)))

enum colour { red, blue = 7 };
struct thing;
TRACE_POINT(, void trace_all(signed char c, unsigned char uc, short s, unsigned short us, int i, unsigned u, long l, unsigned long long ull, bool b, enum colour e, float f, double d, const char *text, struct thing *p));
TRACE_POINT("n=%d", void trace_one(int n));

#ifdef PLAIN
static void on_one(void *data, int n) { (void)data, (void)n; }
int main(void) {
  trace_one(1);
  return trace_probe_attach(trace_one, on_one, NULL) != -ENOSYS;
}
#else

static const char text[] = "no copy, and no limit on its length";
static int calls, order[4], ordered;

static void on_all(void *data, signed char c, unsigned char uc, short s, unsigned short us, int i, unsigned u, long l, unsigned long long ull, bool b, enum colour e, float f, double d, const char *t, struct thing *p) {
  CHECK(*(int *)data == 42);
  CHECK(c == -1 && uc == 255 && s == SHRT_MIN && us == USHRT_MAX);
  CHECK(i == INT_MIN && u == UINT_MAX && l == LONG_MIN && ull == ULLONG_MAX);
  CHECK(b == true && e == blue && f == 1.5f && d == -2.25);
  CHECK(t == text && p == (struct thing *)text);
  errno = EIO;
  calls++;
}
static void on_one(void *data, int n) {
  CHECK(n == 5);
  order[ordered++] = *(int *)data;
}
static void traced(void *data, int n, const char *t) {
  CHECK(n == 3 && t == text);
  ++*(int *)data;
}

[[trace::point]] static __attribute__((noinline)) int function(int n, const char *t) { return n + (t != NULL); }

static __attribute__((noinline)) void fire(void) {
  trace_all(-1, 255, SHRT_MIN, USHRT_MAX, INT_MIN, UINT_MAX, LONG_MIN, ULLONG_MAX, true, blue, 1.5f, -2.25, text, (struct thing *)text);
  trace_one(5);
}

int main(void) {
  int data = 42, first = 1, second = 2, seen = 0;
  CHECK(trace_probe_attach(trace_all, on_all, &data) == 1);
  CHECK(trace_probe_attach(trace_all, on_all, &data) == -EEXIST);
  CHECK(strstr(trace_error(), "'all'"));
  errno = 0;
  fire();
  CHECK(calls == 1 && errno == 0);
  CHECK(trace_probe_detach(trace_all, on_all, &data) == 1);
  CHECK(trace_probe_detach(trace_all, on_all, &data) == -ENOENT);
  fire();
  CHECK(calls == 1);

  /* Several, in their order; and others that want the event. */
  CHECK(trace_probe_attach(trace_one, on_one, &first) == 1);
  CHECK(trace_probe_attach(trace_one, on_one, &second) == 1);
  CHECK(trace_enabled(trace_one) && !trace_enabled(trace_all));
  fire();
  CHECK(ordered == 2 && order[0] == 1 && order[1] == 2);
  CHECK(trace_enable("one") == 1);
  // CHECK: one: n=5
  // CHECK-NOT: n=
  fire();
  CHECK(trace_disable("*") >= 2 && trace_enabled(trace_one));
  CHECK(trace_probe_detach(trace_one, on_one, &first) == 1);
  CHECK(ordered == 4 && trace_enabled(trace_one));
  ordered = 0;
  fire();
  CHECK(ordered == 1 && order[0] == 2);
  CHECK(trace_probe_detach(trace_one, on_one, &second) == 1);
  CHECK(!trace_enabled(trace_one));

  CHECK(trace_probe_attach(function, traced, &seen) == 1);
  CHECK(function(3, text) == 4 && seen == 1);
  CHECK(trace_probe_detach(function, traced, &seen) == 1);
  CHECK(function(3, text) == 4 && seen == 1);
  return 0;
}
#endif
