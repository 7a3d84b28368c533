/* What is enabled holds for images that are loaded before and after, patterns
 * in their order; an unloaded image is forgotten, also where another one takes
 * its place. */
// RUN: %cc -O1 -fPIC -shared -I%include -DLIBRARY_EVENT='"hello"' %source/test/runtime/Inputs/library.c -o %t-a.so
// RUN: %cc -O1 -fPIC -shared -I%include -DLIBRARY_EVENT='"other"' %source/test/runtime/Inputs/library.c -o %t-b.so
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link -ldl
// RUN: %t %t-a.so %t-b.so 2>&1 | FileCheck %s
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

struct library {
  void *handle;
  void (*hello)(int);
  int (*is_on)(void);
  struct trace_key *(*key)(void);
};

static struct library load(const char *path) {
  struct library l = {dlopen(path, RTLD_NOW | RTLD_LOCAL), 0, 0, 0};
  CHECK(l.handle != NULL);
  *(void **)&l.hello = dlsym(l.handle, "library_hello");
  *(void **)&l.is_on = dlsym(l.handle, "library_is_on");
  *(void **)&l.key = dlsym(l.handle, "library_key");
  CHECK(l.hello && l.is_on && l.key);
  return l;
}

static int count(const struct trace_event_info *event, void *data) {
  ++*(int *)data;
  return event->system == NULL;
}

static int events(void) {
  int n = 0;
  CHECK(trace_for_each_event(count, &n) == 0);
  return n;
}

int main(int argc, char **argv) {
  CHECK(argc == 3 && events() == 0);
  struct library a = load(argv[1]);
  CHECK(events() == 1);
  a.hello(1);
  CHECK(trace_enable("lib:*") == 1);
  // CHECK-NOT: number=1 text
  // CHECK: hello: number=2 text=library
  a.hello(2);

  CHECK(trace_disable("lib:other") == 0);
  struct library b = load(argv[2]);
  // CHECK-NOT: number=3
  b.hello(3);
  CHECK(trace_enable("*:other") == 1);
  // CHECK-NEXT: other: number=4
  b.hello(4);
  CHECK(trace_disable("*") == 2);

  CHECK(trace_key_enable(a.key()) == 0 && a.is_on());
  CHECK(!b.is_on());
  CHECK(dlclose(b.handle) == 0);
  CHECK(dlclose(a.handle) == 0);
  CHECK(trace_enable("lib:*") == 0 && events() == 0);

  /* Again and again at the same addresses, first one, then the other. */
  for (int i = 0; i < 6; i++) {
    struct library l = load(argv[1 + i % 2]);
    // CHECK-NEXT: hello: number=10 text
    // CHECK-NEXT: other: number=11 text
    // CHECK-NEXT: hello: number=12 text
    // CHECK-NEXT: other: number=13 text
    // CHECK-NEXT: hello: number=14 text
    // CHECK-NEXT: other: number=15 text
    l.hello(10 + i);
    CHECK(!l.is_on() && events() == 1);
    CHECK(trace_key_enable(l.key()) == 0 && l.is_on());
    CHECK(dlclose(l.handle) == 0);
  }
  CHECK(trace_disable("lib:*") == 0);
  a = load(argv[1]);
  // CHECK-NOT: number=
  a.hello(20);
  return 0;
}
