// A key or branch that never becomes a constant is one error, at its line, with
// optimisation and without, with -g and without; one that an always_inline
// caller makes constant is none.
// RUN: %clang_trace -O0 -c -o /dev/null -Xclang -verify %s
// RUN: %clang_trace -O0 -g -c -o /dev/null -Xclang -verify %s
// RUN: %clang_trace -O2 -c -o /dev/null -Xclang -verify %s
// RUN: %clang_trace -O2 -g -c -o /dev/null -Xclang -verify %s
// RUN: %clang_trace -fplugin-arg-trace-abi=linux -O0 -c -o /dev/null -Xclang -verify %s
// RUN: %clang_trace -fplugin-arg-trace-abi=linux -O2 -c -o /dev/null -Xclang -verify %s
// RUN: %clang_trace -fplugin-arg-trace-abi=linux -O2 -g -c -o /dev/null -Xclang -verify %s
// REQUIRES: x86_64

#include <stdbool.h>

struct key {
  long words[2];
};
extern struct key keys[2];
__attribute__((trace_branch)) bool branch(struct key *key, bool branch);

static inline __attribute__((always_inline)) bool caller(struct key *key,
                                                         bool value) {
  return branch(key, value); // expected-error {{its key and branch do not become constants here}}
}

int constant(void) { return branch(&keys[1], true); }
int inlined(void) { return caller(&keys[1], true); }

int of_key(struct key *key) {
  return branch(key, false); // expected-error {{its key and branch do not become constants here}}
}
int of_branch(bool value) {
  return branch(keys, value); // expected-error {{its key and branch do not become constants here}}
}
int of_index(int i) {
  return branch(&keys[i], false); // expected-error {{its key and branch do not become constants here}}
}
int inlined_with_variable(struct key *key) { return caller(key, true); }
