/* A trace site of two integers, as each of the compared tracers has it, chosen
 * by -DSITE_<kind> (bench.py, KINDS):
 *   EVENT(event)        declares an event, once in a file
 *   SITE(event, a, b)   is a site of it
 *   ENTRY               stands before functions with sites
 * LTTng's events are declared by a file provider.h that who includes this has. */
#ifndef SITES_H
#define SITES_H

#define ENTRY

#if defined(SITE_none) || defined(SITE_none_gcc)
#define EVENT(event)
#define SITE(event, a, b) (void)0

#elif defined(SITE_trace)
#define EVENT(event)                                                           \
  __attribute__((trace_point)) void trace_##event(unsigned long a,             \
                                                  unsigned long b);
#define SITE(event, a, b) trace_##event(a, b)

#elif defined(SITE_asm_goto) /* as Linux: static branch, call of the C convention */
void bench_record(unsigned long a, unsigned long b);
#define EVENT(event) static int event##_key[4];
#define SITE(event, a, b)                                                      \
  do {                                                                         \
    __label__ on;                                                              \
    __asm__ goto("1: .byte 0x0f,0x1f,0x44,0x00,0x00\n"                         \
                 ".pushsection __bench_table, \"aw\"\n.balign 8\n"             \
                 ".long 1b - ., %l[on] - .\n.quad %c0 - .\n.popsection"        \
                 :                                                             \
                 : "i"(event##_key)                                            \
                 :                                                             \
                 : on);                                                        \
    break;                                                                     \
  on:                                                                          \
    bench_record(a, b);                                                        \
  } while (0)

#elif defined(SITE_flag)
void bench_record(unsigned long a, unsigned long b);
#define EVENT(event) __attribute__((visibility("hidden"))) int event##_flag;
#define SITE(event, a, b)                                                      \
  do {                                                                         \
    if (__builtin_expect(__atomic_load_n(&event##_flag, __ATOMIC_RELAXED), 0)) \
      bench_record(a, b);                                                      \
  } while (0)

#elif defined(SITE_sdt_clang) || defined(SITE_sdt_gcc)
#include <sys/sdt.h>
#define EVENT(event)
#define SITE(event, a, b) STAP_PROBE2(bench, event, a, b)

#elif defined(SITE_lttng)
#include "provider.h"
#define EVENT(event)
#define SITE(event, a, b) lttng_ust_tracepoint(bench, event, a, b)

#elif defined(SITE_xray) /* a custom event; and both sleds of the function */
#undef ENTRY
#define ENTRY __attribute__((xray_always_instrument))
#define EVENT(event)
#define SITE(event, a, b)                                                      \
  do {                                                                         \
    unsigned long payload[2] = {a, b};                                         \
    __xray_customevent((const char *)payload, sizeof payload);                 \
  } while (0)
#endif

#endif
