// trace::probe<event>(fn) attaches anything that can be called with the event's
// arguments, for as long as it lives; overloads are events of their own.
// DEFINE: %{flags} =
// DEFINE: %{check} = %clangxx_trace %{flags} -Wall -Wextra -Werror %s -o %t %link && %t
// REDEFINE: %{flags} = -O2 -std=c++17
// RUN: %{check}
// REDEFINE: %{flags} = -O0 -std=c++20
// RUN: %{check}
// RUN: %clangxx -DPLAIN -std=c++17 -I%include -Wall -Wextra -Werror %s -o %t && %t
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <trace/probe.h>

#define CHECK(x) ((x) ? (void)0 : (std::fprintf(stderr, "%d: %s\n", __LINE__, #x), std::exit(1)))

namespace app {
TRACE_POINT(, void trace_request(int fd, const char *text));
#ifndef PLAIN
[[trace::point]] void trace_over(int n);
[[trace::point]] void trace_over(long n);
[[trace::point]] void trace_reference(int &n) noexcept;
struct Server {
  [[trace::point]] static void trace_started(const Server *self, bool again);
};
#endif
} // namespace app

int main() {
  int calls = 0;
#ifdef PLAIN
  auto none = trace::probe<app::trace_request>([&](int, const char *) { ++calls; });
  app::trace_request(1, "");
  return none || calls || none.result() != -ENOSYS;
#else
  {
    auto probe = trace::probe<app::trace_request>([&, owned = std::make_unique<int>(7)](int fd, const char *text) {
      calls += fd == 3 && *text == 'x' && *owned == 7;
    });
    CHECK(probe && probe.result() == 1);
    app::trace_request(3, "x");
    CHECK(calls == 1);
    auto wider = trace::probe<app::trace_request>([&](long fd, auto &&) { calls += fd; });
    app::trace_request(3, "x");
    CHECK(calls == 5);
    CHECK(wider.detach() == 1 && !wider && wider.detach() == -ENOENT);
    app::trace_request(3, "x");
    CHECK(calls == 6);
  }
  app::trace_request(3, "x");
  CHECK(calls == 6);

  int sum = 0;
  auto ints = trace::probe<static_cast<void (*)(int)>(app::trace_over)>([&](int n) { sum += n; });
  app::trace_over(2);
  app::trace_over(30l);
  CHECK(sum == 2);

  auto changes = trace::probe<app::trace_reference>(std::function<void(int &)>([](int &n) { n = 9; }));
  app::trace_reference(sum);
  CHECK(sum == 9);

  bool again = false;
  auto started = trace::probe<app::Server::trace_started>([&](const app::Server *s, bool a) { again = a && !s; });
  app::Server::trace_started(nullptr, true);
  CHECK(again);
  return 0;
#endif
}
