// A site of each kind; sites.py has what each must become.
#include <trace/point.h>

void on(void);
void off(void);

__attribute__((trace_point)) void trace_it(int a);

TRACE_DEFINE_KEY_FALSE(off_key);
TRACE_DEFINE_KEY_TRUE(on_key);
static struct trace_key keys[2] __attribute__((aligned(8)));

__attribute__((trace_branch)) bool branch(struct trace_key *key, bool branch);
__attribute__((trace_branch("jump"))) bool branch_jump(struct trace_key *key,
                                                       bool branch);

void event(int a) { trace_it(a); }

void unlikely_false(void) {
  if (trace_branch_unlikely(&off_key))
    on();
  else
    off();
}

void likely_true(void) {
  if (trace_branch_likely(&on_key))
    on();
  else
    off();
}

void unlikely_true(void) {
  if (trace_branch_unlikely(&on_key))
    on();
  else
    off();
}

void likely_false(void) {
  if (trace_branch_likely(&off_key))
    on();
  else
    off();
}

// Key and branch become constants by inlining alone.
static inline __attribute__((always_inline)) bool
from_caller(struct trace_key *table, int index, bool value) {
  return branch(&table[index], value);
}
static inline __attribute__((always_inline)) bool
from_caller_jump(struct trace_key *key, bool value) {
  return branch_jump(key, value);
}

void inlined(void) {
  if (from_caller(keys, 1, true))
    on();
  else
    off();
}

void inlined_jump(void) {
  if (from_caller_jump(&keys[1], false))
    on();
  else
    off();
}
