// trace::probe<event>(fn) attaches anything that can be called with the event's
// arguments, for as long as it lives; overloads are events of their own. Classes
// are passed on as they are, however the machine passes them.
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
#include <string>
#include <string_view>
#include <trace/probe.h>

#define CHECK(x) ((x) ? (void)0 : (std::fprintf(stderr, "%d: %s\n", __LINE__, #x), std::exit(1)))

namespace app {
TRACE_POINT(, void trace_request(int fd, const char *text));
#ifndef PLAIN
[[trace::point]] void trace_over(int n);
[[trace::point]] void trace_over(long n);
[[trace::point]] void trace_reference(int &n) noexcept;
struct Point {
  float x;
  double y;
};
struct Big {
  long values[9];
};
[[trace::point]] void trace_view(int n, std::string_view view, bool last);
[[trace::point]] void trace_string(std::string by_value, const std::string &by_reference, Point &changed);
[[trace::point]] void trace_structs(Point point, Big big, signed char c, Point again);
// More than there are registers for: with the probe's own argument in front, they would all move.
[[trace::point]] void trace_many(long a, long b, long c, long d, long e, Point p, std::string_view view, long last);
[[trace::point]] void trace_address(const Point &p);
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

  calls = 0;
  auto view = trace::probe<app::trace_view>([&](int n, std::string_view v, bool last) {
    calls += n == 5 && v == "text" && last;
  });
  app::trace_view(5, "text", true);
  CHECK(view && calls == 1);
  app::Point point{1, 2};
  const std::string shorter = "short", longer(100, 'l');
  auto string = trace::probe<app::trace_string>([&](const std::string &value, std::string_view reference, app::Point &p) {
    calls += value == "short" && reference == longer && p.y == 2;
    p.y = 3;
  });
  if (trace_enabled(app::trace_string))
    app::trace_string(shorter, longer, point);
  CHECK(calls == 2 && point.y == 3);
  auto structs = trace::probe<app::trace_structs>([&](app::Point p, const app::Big &big, int c, auto again) {
    calls += p.x == 1 && p.y == 3 && big.values[0] == 1 && big.values[8] == 9 && c == -1 && again.y == 5;
  });
  app::trace_structs(point, app::Big{{1, 2, 3, 4, 5, 6, 7, 8, 9}}, -1, {4, 5});
  CHECK(calls == 3);
  void (*through)(app::Point, app::Big, signed char, app::Point) = app::trace_structs;
  through(point, app::Big{{1, 2, 3, 4, 5, 6, 7, 8, 9}}, -1, {4, 5});
  CHECK(calls == 4);
  auto many = trace::probe<app::trace_many>(
      [&](long a, long b, long c, long d, long e, app::Point p, std::string_view v, long last) {
        calls += a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && p.x == 1 && v == "v" && last == 6;
      });
  app::trace_many(1, 2, 3, 4, 5, point, "v", 6);
  CHECK(calls == 5);
  auto address = trace::probe<app::trace_address>([&](const app::Point &p) { calls += &p == &point; });
  app::trace_address(point);
  CHECK(calls == 6);
  CHECK(view.detach() == 1 && string.detach() == 1 && many.detach() == 1);
  app::trace_view(5, "text", true);
  CHECK(!trace_enabled(app::trace_string));
  app::trace_many(1, 2, 3, 4, 5, point, "v", 6);
  CHECK(calls == 6);
  return 0;
#endif
}
