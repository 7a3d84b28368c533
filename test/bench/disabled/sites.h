/* One trace site of two integers, as each of the compared tracers has it. */
#ifndef SITES_H
#define SITES_H

#if defined(SITE_none)
#define SITE(a, b) (void)0
#define ENTRY

#elif defined(SITE_trace)
__attribute__((trace_point)) void trace_site(unsigned long a, unsigned long b);
#define SITE(a, b) trace_site(a, b)
#define ENTRY

#elif defined(SITE_asm_goto) /* as Linux: static branch, call of the C convention */
extern int bench_key[4] __attribute__((visibility("hidden")));
void bench_record(unsigned long a, unsigned long b);
#define SITE(a, b)                                                             \
  do {                                                                         \
    __label__ on;                                                              \
    __asm__ goto("1: .byte 0x0f,0x1f,0x44,0x00,0x00\n"                         \
                 ".pushsection __bench_table, \"aw\"\n.balign 8\n"             \
                 ".long 1b - ., %l[on] - .\n.quad %c0 - .\n.popsection"        \
                 :                                                             \
                 : "i"(bench_key)                                              \
                 :                                                             \
                 : on);                                                        \
    break;                                                                     \
  on:                                                                          \
    bench_record(a, b);                                                        \
  } while (0)
#define ENTRY

#elif defined(SITE_flag)
extern int bench_flag;
void bench_record(unsigned long a, unsigned long b);
#define SITE(a, b)                                                             \
  do {                                                                         \
    if (__builtin_expect(__atomic_load_n(&bench_flag, __ATOMIC_RELAXED), 0))   \
      bench_record(a, b);                                                      \
  } while (0)
#define ENTRY

#elif defined(SITE_sdt_clang) || defined(SITE_sdt_gcc)
#include <sys/sdt.h>
#define SITE(a, b) STAP_PROBE2(bench, site, a, b)
#define ENTRY

#elif defined(SITE_lttng)
#include "provider.h"
#define SITE(a, b) lttng_ust_tracepoint(bench, site, a, b)
#define ENTRY

#elif defined(SITE_xray) /* a custom event; and both sleds of the function */
#define SITE(a, b)                                                             \
  do {                                                                         \
    unsigned long event[2] = {a, b};                                           \
    __xray_customevent((const char *)event, sizeof event);                               \
  } while (0)
#define ENTRY __attribute__((xray_always_instrument))
#endif

#endif
