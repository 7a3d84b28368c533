// libc++'s std::string is recorded where it lies: in its own object while it is
// short, else behind its pointer; as a value, by reference, in a struct, and in
// a traced function. Its views, too.
// RUN: %clangxx_trace -std=c++20 -O2 -stdlib=libc++ %s -o %t %link
// RUN: env 'TRACE_ENABLE=*' TRACE_OUTPUT=%t.out %t
// RUN: FileCheck %s --match-full-lines < %t.out
// REQUIRES: libcxx

#include <span>
#include <string>
#include <string_view>

struct Named {
  int n;
  std::string name;
};

[[trace::point]] void trace_value(std::string text);
[[trace::point]] void trace_reference(const std::string &text);
[[trace::point]] void trace_member(Named m);
[[trace::point]] void trace_views(std::string_view text, std::span<const int> s);

[[trace::point, gnu::noinline]] int traced(const std::string &text) {
  return text.size();
}

static void all(const std::string &text) {
  trace_value(text);
  trace_reference(text);
  trace_member({7, text});
}

int main() {
  // CHECK: {{.*}}: value: text=
  // CHECK-NEXT: {{.*}}: reference: text=
  // CHECK-NEXT: {{.*}}: member: m.n=7 m.name=
  all("");
  // CHECK-NEXT: {{.*}}: value: text=of twenty-two letters!
  // CHECK-NEXT: {{.*}}: reference: text=of twenty-two letters!
  // CHECK-NEXT: {{.*}}: member: m.n=7 m.name=of twenty-two letters!
  all("of twenty-two letters!");
  // CHECK-NEXT: {{.*}}: value: text=that has twenty-three!!
  // CHECK-NEXT: {{.*}}: reference: text=that has twenty-three!!
  // CHECK-NEXT: {{.*}}: member: m.n=7 m.name=that has twenty-three!!
  all("that has twenty-three!!");
  // CHECK-NEXT: {{.*}}: traced: text=short
  // CHECK-NEXT: {{.*}}: traced: text=one that is longer than an object of its class
  traced("short");
  traced("one that is longer than an object of its class");
  // CHECK-NEXT: {{.*}}: views: text=view s={1,2,3}
  const int numbers[] = {1, 2, 3};
  trace_views("view", numbers);
}
