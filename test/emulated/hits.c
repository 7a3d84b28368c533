/* An enabled site of this target's code hits once a call, with every kind of
 * field whole, and a disabled one never; the library prints the records, and
 * the command reads the file, in this target's byte order and width. */
// RUN: %clang_trace -O2 -Wall -Wextra -Werror %s -o %t %link
// RUN: %run %t
// RUN: %clang_trace %unoptimised -Wall -Wextra -Werror %s -o %t.static %link_static
// RUN: %run %t.static
// RUN: rm -f %t.out
// RUN: env 'TRACE_ENABLE=fields:*' TRACE_OUTPUT=%t.out %run %t print
// RUN: FileCheck %s < %t.out
// CHECK: [{{[0-9]+}}] {{.*}}: kinds: c=-3 s=-300 i=-70000 l=-5000000000 u=4000000000 d=1.5 f=-0.25 b=true shade=green text=a longer text p=0x1234
// CHECK-NEXT: kinds: c=-3 {{.*}} shade=8 text=(null) p=0x1234
// CHECK-NEXT: one: a=0x2a
// CHECK-NEXT: two: n=9
// CHECK-NOT: {{.}}
// RUN: %tracepoint list %t | FileCheck --check-prefix=LIST %s
// LIST: fields:kinds(signed char c, short s, int i, long long l, unsigned int u, double d, float f, {{_?[Bb]ool}} b, enum color shade, const char *text, void *p) - 1 site {{.*}}hits.c:[[#@LINE+18]]
// LIST: fields:one(int a) "a=0x%x" 1 site
// LIST: fields:two(long n) - 1 site
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <trace/point.h>

#define CHECK(condition)                                                       \
  do                                                                           \
    if (!(condition)) {                                                        \
      printf("line %d: %s: %s\n", __LINE__, #condition, trace_error());        \
      exit(1);                                                                 \
    }                                                                          \
  while (0)

enum color { green = 7 };
[[trace::system("fields"), trace::point]] void
trace_kinds(signed char c, short s, int i, long long l, unsigned u, double d,
            float f, bool b, enum color shade, const char *text, void *p);
[[trace::system("fields"), trace::point("a=0x%x")]] void trace_one(int a);

[[trace::system("fields"), trace::point]] static __attribute__((noinline)) long
two(long n) {
  return n + 1;
}

static __attribute__((noinline)) void kinds(enum color shade,
                                            const char *text) {
  trace_kinds(-3, -300, -70000, -5000000000, 4000000000, 1.5, -0.25f, true,
              shade, text, (void *)0x1234);
}
static __attribute__((noinline)) void one(int a) { trace_one(a); }

static long hits, sum;

static void probe(void *data, const struct trace_event *event,
                  const void *payload, size_t bytes) {
  int a;
  (void)event;
  CHECK(data == &hits && bytes == sizeof a);
  memcpy(&a, payload, sizeof a);
  hits++;
  sum += a;
}

#define TAKE(type, expected)                                                   \
  do {                                                                         \
    type value;                                                                \
    memcpy(&value, at, sizeof value);                                          \
    CHECK(value == (expected));                                                \
    at += sizeof value;                                                        \
  } while (0)

static void probe_kinds(void *data, const struct trace_event *event,
                        const void *payload, size_t bytes) {
  static const char text[] = "a longer text";
  const char *at = payload;
  (void)event;
  TAKE(signed char, -3);
  TAKE(short, -300);
  TAKE(int, -70000);
  TAKE(long long, -5000000000);
  TAKE(unsigned, 4000000000);
  TAKE(double, 1.5);
  TAKE(float, -0.25f);
  TAKE(bool, true);
  TAKE(enum color, green);
  TAKE(uint16_t, TRACE_STRING_HEAD(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
                                   strlen(text), TRACE_STRING_WHOLE));
  CHECK(memcmp(at, text, strlen(text)) == 0);
  at += strlen(text);
  TAKE(void *, (void *)0x1234);
  CHECK(at == (const char *)payload + bytes);
  ++*(long *)data;
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "print") == 0) {
    kinds(green, "a longer text");
    kinds((enum color)8, NULL);
    one(42);
    return two(9) != 10;
  }
  for (int round = 0; round < 3; round++) {
    hits = sum = 0;
    one(1);
    CHECK(hits == 0);
    CHECK(trace_probe_register("fields:one", probe, &hits) == 1);
    for (int i = 0; i < 1000; i++)
      one(i);
    CHECK(hits == 1000 && sum == 1000 * 999 / 2);
    CHECK(trace_probe_unregister("fields:one", probe, &hits) == 1);
    one(1);
    CHECK(hits == 1000);
  }
  long kinds_hits = 0;
  CHECK(trace_probe_register("kinds", probe_kinds, &kinds_hits) == 1);
  kinds(green, "a longer text");
  CHECK(kinds_hits == 1);
  CHECK(trace_probe_unregister("kinds", probe_kinds, &kinds_hits) == 1);
  kinds(green, "a longer text");
  CHECK(kinds_hits == 1);
  return 0;
}
