#include <stdbool.h>

/// A request arrives.
[[trace::point("fd=%d request=\"%s\""), trace::system("net")]]
void trace_request(int fd, const char *text);

/// It is answered.
[[trace::point, trace::system("net")]]
void trace_reply(int fd, bool ok, double seconds);
