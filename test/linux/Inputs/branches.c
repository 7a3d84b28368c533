// Static branches as Linux uses them: by its own header, or, if DECLARED, by
// ours, whose declarations the plugin lowers.
#ifdef DECLARED
#include <trace/linux/jump_label.h>
#else
struct static_key;
struct jump_entry;
#include <asm/jump_label.h>
#endif

struct static_key {
  int enabled;
  void *entries;
};
struct device {
  int state;
  struct static_key busy;
};
extern struct static_key key, table[4];
extern struct device device;
static struct static_key own;

void on(void);
void off(void);

#define BRANCH(name, kind, key, value)                                         \
  void name(void) {                                                            \
    if (kind(key, value))                                                      \
      on();                                                                    \
    else                                                                       \
      off();                                                                   \
  }
BRANCH(nop_0, arch_static_branch, &key, 0)
BRANCH(nop_1, arch_static_branch, &key, 1)
BRANCH(jump_0, arch_static_branch_jump, &key, 0)
BRANCH(jump_1, arch_static_branch_jump, &key, 1)
BRANCH(in_a_table, arch_static_branch, &table[2], 1)
BRANCH(in_a_struct, arch_static_branch_jump, &device.busy, 1)
BRANCH(in_this_file, arch_static_branch, &own, 0)

// As in Linux's static_branch_likely(): key and branch come by inlining.
static inline __attribute__((always_inline)) bool is_likely(struct static_key *k) {
  return __builtin_expect(!arch_static_branch(k, 1), 1);
}
static inline __attribute__((always_inline)) bool
is_unlikely(struct static_key *k) {
  return __builtin_expect(arch_static_branch(k, 0), 0);
}

int inlined(int n) {
  if (is_unlikely(&key))
    on();
  return is_likely(&key) ? n * 3 : n / 7;
}
int as_a_value(int n) { return n + is_unlikely(&key) - is_likely(&table[1]); }
int with_others(int n) {
  return n > 3 && is_unlikely(&key) && n < 9 && is_likely(&own);
}
void in_a_loop(int n) {
  for (int i = 0; i < n; i++)
    if (is_unlikely(&table[3]))
      on();
}

// As crng_ready() of drivers/char/random.c: in which order the passes see the
// branch and the function around it decides what becomes of such a choice.
extern int state;
#define is_ready_here()                                                        \
  ({                                                                           \
    _Bool branch = !arch_static_branch_jump(&own, 1);                          \
    __builtin_expect(!!branch, 1);                                             \
  })
unsigned mask_of_ready(void) {
  off();
  return (is_ready_here() || state >= 2) ? 0x41 : 0x104;
}

// An asm changes the flags, on x86, for all that the compiler knows.
int across(int n, int m, int *p) {
  int less = n < m;
  *p = less;
  if (is_unlikely(&key))
    return n;
  return n < m ? n * m : m - n;
}
long sum_of_pairs(unsigned long a, unsigned long b, unsigned long c) {
  unsigned long low, carry = __builtin_add_overflow(a, b, &low);
  if (is_unlikely(&key))
    low ^= c;
  return carry ? low + c : low - c;
}

// What a branch adds to the cost of inlining decides, at one of these sizes,
// whether the function is inlined.
#define STEP x = (x ^ n) * 3;
#define STEPS_4 STEP STEP STEP STEP
#define STEPS_16 STEPS_4 STEPS_4 STEPS_4 STEPS_4
#define SIZE(name, steps)                                                      \
  static int name(int n, int x) {                                              \
    if (is_unlikely(&key))                                                        \
      on();                                                                    \
    steps;                                                                     \
    return x;                                                                  \
  }                                                                            \
  int name##_twice(int n, int x) { return name(n, x) - name(x, n); }
SIZE(size_16, STEPS_16)
SIZE(size_17, STEPS_16 STEP)
SIZE(size_18, STEPS_16 STEP STEP)
SIZE(size_19, STEPS_16 STEP STEP STEP)
SIZE(size_20, STEPS_16 STEPS_4)
SIZE(size_21, STEPS_16 STEPS_4 STEP)
SIZE(size_22, STEPS_16 STEPS_4 STEP STEP)
SIZE(size_23, STEPS_16 STEPS_4 STEP STEP STEP)
SIZE(size_24, STEPS_16 STEPS_4 STEPS_4)
