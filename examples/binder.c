// A small server. Its one event is declared in one line, and one of its
// functions is traced as it stands.
#include <stdio.h>
#include <stdlib.h>

[[trace::point("cmd=0x%x arg=0x%lx")]]
void trace_binder_ioctl(unsigned int cmd, unsigned long arg);

[[trace::point]]
static int transaction(const char *service, int code) {
  printf("%s answers %d\n", service, code * code);
  return code * code;
}

static long binder_ioctl(unsigned int cmd, unsigned long arg) {
  trace_binder_ioctl(cmd, arg);
  return transaction(cmd & 1 ? "activity" : "window", (int)(arg & 0xf));
}

int main(int argc, char **argv) {
  int requests = argc > 1 ? atoi(argv[1]) : 4;
  for (int i = 0; i < requests; ++i)
    binder_ioctl(0xc0306200u + (unsigned)i, 0x7500399530ul + (unsigned long)i);
  return 0;
}
