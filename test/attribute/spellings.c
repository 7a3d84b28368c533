// The attribute is spelled [[trace::point]] in C23 and trace_point in older C,
// with and without a format, and the preprocessor knows it.
// RUN: %clang_trace -std=c23 -DSTANDARD -S -emit-llvm -Xclang -disable-llvm-passes %s -o - | FileCheck %s
// RUN: %clang_trace -std=c11 -S -emit-llvm -Xclang -disable-llvm-passes %s -o - | FileCheck %s
// RUN: %clang_trace -std=c23 -S -emit-llvm -Xclang -disable-llvm-passes %s -o - | FileCheck %s
#ifdef STANDARD
#if !__has_c_attribute(trace::point) || !__has_c_attribute(trace::system)
#error the attributes are not known
#endif
#define POINT(...) [[trace::point(__VA_ARGS__)]]
#define PLAIN [[trace::point]]
#define SYSTEM(name) [[trace::system(name)]]
#else
#if !__has_attribute(trace_point) || !__has_attribute(trace_system)
#error the attributes are not known
#endif
#define POINT(...) __attribute__((trace_point(__VA_ARGS__)))
#define PLAIN __attribute__((trace_point))
#define SYSTEM(name) __attribute__((trace_system(name)))
#endif

// CHECK-DAG: trace.event:{{.*}}22fields{{.*}}format{{.*}}value=%d{{.*}}name{{.*}}with_format{{.*}}spellings
POINT("value=%d") void trace_with_format(int a);
// CHECK-DAG: trace.event:{{.*}}name{{.*}}22plain{{.*}}system{{.*}}22spellings{{.*}}
PLAIN void trace_plain(int a);
// CHECK-DAG: trace.event:{{.*}}name{{.*}}22named{{.*}}system{{.*}}22other{{.*}}
SYSTEM("other") PLAIN void trace_named(int a);

void use(void) {
  trace_with_format(1);
  trace_plain(2);
  trace_named(3);
}
