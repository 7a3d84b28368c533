// Split puts the call behind a check, with all of its arguments' evaluation
// that has no side effect, and leaves the rest where it was.
// RUN: %clang_trace -fplugin-arg-trace-warn=off -O1 -fno-discard-value-names -S -emit-llvm -Xclang -disable-llvm-passes %s -o %t.ll
// RUN: %opt -passes=trace-split -S %t.ll -o - | FileCheck %s

__attribute__((trace_point)) void trace_two(long a, long b);
struct node {
  long value;
  struct node *next;
};
long effect(void);
static long value(const struct node *n) { return n->value; }

// CHECK-LABEL: define {{.*}}@loads(
// CHECK-NOT: getelementptr
// CHECK: [[CHECK:%.*]] = call i1 @__trace_check(ptr @__trace_key_arguments_trace_two_{{.*}}, i1 false) [[NOMERGE:#[0-9]+]],
// CHECK-NEXT: br i1 [[CHECK]], label %trace.on, label %trace.off, !prof [[WEIGHTS:![0-9]+]]
// CHECK: trace.on:
// CHECK: getelementptr
// CHECK: call i64 @value(
// CHECK: call preserve_mostcc void @__trace_emit_pm_arguments_trace_two_
// CHECK-NEXT: br label %trace.off
// CHECK: trace.off:
// CHECK-NEXT: ret void
void loads(struct node *n) { trace_two(n->value * 2, value(n->next)); }

// CHECK-LABEL: define {{.*}}@conditions(
// CHECK-NOT: icmp
// CHECK: call i1 @__trace_check(
// CHECK-NEXT: br
// CHECK: trace.on:
// CHECK: icmp
// CHECK: cond.true:
// CHECK: cond.false:
// CHECK: cond.end:
// CHECK: phi
// CHECK: trace.off:
// CHECK-NEXT: ret void
void conditions(struct node *n) {
  trace_two(n ? n->value : -1, n && n->next);
}

// The second load stays behind the call that may change it; the first may not
// move past that call either.
// CHECK-LABEL: define {{.*}}@order(
// CHECK: load i64
// CHECK: call i64 @effect()
// CHECK: call i1 @__trace_check(
// CHECK: trace.on:
// CHECK-NOT: load
// CHECK: call preserve_mostcc
void order(struct node *n) { trace_two(n->value, effect()); }

// A value that is needed elsewhere is computed either way.
// CHECK-LABEL: define {{.*}}@shared(
// CHECK: store i64
// CHECK: call i1 @__trace_check(
// CHECK: ret i64
long shared(struct node *n) {
  long twice;
  trace_two(twice = n->value * 2, 0);
  return twice;
}

// CHECK: attributes [[NOMERGE]] = { nomerge
// CHECK: [[WEIGHTS]] = !{!"branch_weights", i32 1, i32 1048575}
