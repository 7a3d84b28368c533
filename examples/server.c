/* server.c - the half that is C: it takes requests and has them answered. */
#include "server.h"

double answer(int fd, const char *text); /* server.rs */

int main(void) {
  static const char *const requests[] = {"GET /", "GET /logo", "PUT /"};
  for (int fd = 3; fd < 6; ++fd) {
    trace_request(fd, requests[fd - 3]);
    answer(fd, requests[fd - 3]);
  }
}
