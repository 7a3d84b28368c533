// What is switched from outside and what the program itself switches is one
// state: images that come later have their events on, a probe switches nothing
// else off, the newest rule wins, and what is enabled from within while a tool
// records goes into that recording.
// RUN: %clang_trace -O2 -shared -fPIC %S/Inputs/later.c -o %t.so
// RUN: %clang_trace -O2 %s -o %t %link
// RUN: rm -rf %t.dir
// RUN: %t %tracepoint %t.so %t.dir 2> %t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=TEXT < %t.err
// RUN: %tracepoint view %t.dir | FileCheck %s --check-prefix=VIEW
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <trace/probe.h>
#include <unistd.h>

[[trace::point]] void trace_one(int n);
[[trace::point]] void trace_two(int n);

static const char *tool;

static int run(const char *command) {
  char line[2048];
  snprintf(line, sizeof line, "%s %s -p %d", tool, command, (int)getpid());
  return system(line);
}

static int print(const struct trace_event_info *event, void *data) {
  (void)data;
  printf(" %s=%d", event->name, event->enabled);
  return 0;
}

static void show(const char *when) {
  printf("%s:", when);
  trace_for_each_event(print, NULL);
  puts("");
  fflush(stdout);
}

static bool two_is_on(void) { return trace_enabled(trace_two); }

static int probed;
static void probe(void *data, const struct trace_event *event,
                  const void *payload, size_t bytes) {
  (void)data, (void)event, (void)payload, (void)bytes;
  ++probed;
}

static int called;
static void call(void *data, int n) {
  (void)data;
  called += n;
}

int main(int argc, char **argv) {
  if (argc < 4)
    return 1;
  tool = argv[1];
  run("enable -e 'inside:*,later:*'");
  // CHECK: enabled: two=1 one=1
  show("enabled");
  trace_one(1);
  // The images' records, which the tool has filled in, have what these need.
  trace_probe_attach(trace_two, call, NULL);
  trace_two(2);
  trace_probe_detach(trace_two, call, NULL);
  // CHECK-NEXT: called 2
  printf("called %d\n", called);

  trace_probe_register("inside:one", probe, NULL);
  // CHECK-NEXT: probe: two=1 one=1
  show("probe");

  void *library = dlopen(argv[2], RTLD_NOW);
  void (*fire)(int) = (void (*)(int))dlsym(library, "fire_three");
  // CHECK-NEXT: loaded: two=1 one=1 three=1
  show("loaded");
  fire(3);

  trace_disable("inside:two");
  // CHECK-NEXT: within: two=0 one=1 three=1
  show("within");
  run("disable -e '*'");
  // A probe is the program's own.
  // CHECK-NEXT: disabled: two=0 one=1 three=0
  show("disabled");
  trace_one(4);
  trace_probe_unregister("inside:one", probe, NULL);
  // CHECK-NEXT: unregistered: two=0 one=0 three=0
  show("unregistered");
  // CHECK-NEXT: probed 1
  printf("probed %d\n", probed);

  char command[2048], pid[32];
  snprintf(pid, sizeof pid, "%d", (int)getpid());
  snprintf(command, sizeof command, "%s", argv[3]);
  const pid_t recorder = fork();
  if (recorder == 0) {
    execl(tool, tool, "record", "-q", "-e", "inside:two", "--flight",
          "--snapshot", "inside:one if n == 11", "-o", command, "-p", pid,
          NULL);
    _exit(1);
  }
  for (int tries = 0; tries < 3000 && !two_is_on(); ++tries)
    usleep(10000);
  trace_two(10);
  printf("one %d\n", trace_enable("inside:one"));
  trace_one(11);
  // CHECK-NEXT: one 1
  // CHECK-NEXT: written 1
  snprintf(command, sizeof command, "test -e %s/*/ctf/stream-0", argv[3]);
  printf("written %d\n", system(command) == 0);
  // CHECK-NEXT: recorded: two=1 one=1 three=0
  show("recorded");
  const pid_t child = fork();
  if (child == 0) {
    trace_one(99); // the child's own directory has it
    _exit(trace_disable("inside:*") == 2 ? 0 : 1);
  }
  int status;
  waitpid(child, &status, 0);
  // CHECK-NEXT: child 0
  printf("child %d\n", status);
  kill(recorder, SIGINT);
  waitpid(recorder, &status, 0);
  // CHECK-NEXT: recorder 0
  printf("recorder %d\n", status);
  // CHECK-NEXT: over: two=0 one=0 three=0
  show("over");
}

// TEXT: one: n=1
// TEXT-NEXT: two: n=2
// TEXT-NEXT: three: n=3
// TEXT-NOT: n=4

// VIEW: two: n=10
// VIEW-NEXT: one: n=11
// VIEW-NEXT: one: n=99
