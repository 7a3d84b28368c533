// A struct that an event takes by value is copied only while the event is on.
// RUN: %clang_trace --target=x86_64-linux-gnu -O0 -S -emit-llvm -o - %s | FileCheck --check-prefix=IR %s
// RUN: %clang_trace --target=aarch64-linux-gnu -O0 -S -emit-llvm -o - %s | FileCheck --check-prefix=IR %s
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -fomit-frame-pointer -S -o - %s | FileCheck --check-prefix=ASM %s
struct small {
  int x;
  short y;
};
struct large {
  long a[6];
  const char *name;
};
[[trace::point]] void trace_structs(struct small s, struct large l);

// IR-LABEL: define {{.*}}void @passes(
// IR: store ptr %0
// IR-NOT: memcpy
// IR: callbr
// IR: call {{.*}}@__trace_emit_
// ASM-LABEL: passes:
// ASM: #APP
// ASM: #NO_APP
// ASM-NOT: {{mov|lea|push|sub}}
// ASM: retq
void passes(const struct small *s, const struct large *l) {
  trace_structs(*s, *l);
}

// What is used elsewhere, too, stays where it is.
// IR-LABEL: define {{.*}}void @keeps(
// IR: store i32 7
// IR: callbr
void consume(struct small *s);
void keeps(const struct large *l) {
  struct small s;
  s.x = 7;
  s.y = 8;
  trace_structs(s, *l);
  consume(&s);
}
