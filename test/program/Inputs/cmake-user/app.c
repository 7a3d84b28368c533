#include <stdio.h>
#include <trace/point.h>

TRACE_POINT("n=%d", void trace_app_started(int n));

void request(int n);

int main(void) {
  trace_app_started(1);
  request(2);
  printf("%d events\n", trace_enable("app_started") + trace_enable("requested"));
  return 0;
}
