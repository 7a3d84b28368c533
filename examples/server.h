/* server.h - the events of a server, half of it in C and half in Rust. */
#include <stdbool.h>

/// A request has arrived on a connection.
[[trace::point("fd=%d request=\"%s\"")]]
void trace_request(int fd, const char *text);

/// It has been answered.
[[trace::point("fd=%d ok=%d seconds=%g")]]
void trace_reply(int fd, bool ok, double seconds);
