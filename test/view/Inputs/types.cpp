// One event for each type; the entry of a function has the same fields.
#include <cstring>
#include <span>
#include <string>
#include <string_view>

enum state { IDLE, BUSY = 3 };
enum [[trace::flags]] mode : unsigned short { READ = 1, WRITE = 2, BOTH = 3, EXTRA = 16 };
struct Point {
  int x;
  short y;
};
struct Base {
  char tag[4];
};
struct Request : Base {
  Point from, to;
  const char *path;
  std::string_view method;
  float weights[2];
  mode access;
};
struct Owner {
  std::string name;
  long id;
};

[[trace::point]] void trace_arrays(const int (&numbers)[3], const double (&reals)[2],
                                   const state (&states)[2], const char (&text)[6],
                                   const bool (&bits)[2], void *const (&places)[1]);
[[trace::point]] void trace_buffers([[trace::bytes("size")]] const void *data, long size,
                                    [[trace::bytes("count")]] const short *numbers,
                                    unsigned char count,
                                    [[trace::bytes("count")]] const char *text);
[[trace::point]] void trace_views(std::string_view view, const std::string &reference,
                                  std::string value, std::span<const unsigned> span,
                                  std::span<const signed char, 3> fixed,
                                  std::span<const std::byte> bytes, const std::string_view &other);
[[trace::point]] void trace_flags(mode m, [[trace::flags("mode")]] int n, state s);
[[trace::point]] void trace_structs(Point p, int between, Request request, Owner owner);
[[trace::point("%s, %02x|%s|%.2s|%s|%d")]]
void trace_format(Point p, std::span<const int> numbers, mode m, std::string_view text,
                  [[trace::bytes("n")]] const void *data, int n);

[[trace::point, gnu::noinline]]
int function(Point p, std::string_view view, const std::string &text,
             [[trace::bytes("n")]] const int *numbers, int n, mode m) {
  return p.x + static_cast<int>(view.size() + text.size()) + n + m + (n ? numbers[0] : 0);
}

int main() {
  static char longer[2000];
  std::memset(longer, 'a', sizeof longer);
  static int many[300] = {1, 2};
  const std::string text = "a string";
  const int numbers[] = {1, -2, 3};
  const double reals[] = {0.5, -1e300};
  const state states[] = {BUSY, static_cast<state>(2)};
  const char characters[6] = {'s', 'i', 'x', 't', 'y', '!'};
  const bool bits[] = {true, false};
  void *const places[] = {nullptr};
  const short shorts[] = {7, -8};
  const unsigned words[] = {0xffffffff, 5};
  const signed char small[] = {-1, 0, 1};
  const unsigned char data[] = {0xde, 0xad, 0x0f};

  trace_arrays(numbers, reals, states, characters, bits, places);
  trace_arrays(numbers, reals, states, "abc\0d", bits, places);
  trace_buffers(data, 3, shorts, 2, "two and more");
  trace_buffers(nullptr, 3, nullptr, 2, nullptr);
  trace_buffers(data, -1, shorts, 0, "");
  trace_buffers(longer, 2000, shorts, 1, "\n");
  trace_views("view", text, text + "!", words, small, std::as_bytes(std::span(data)), text);
  trace_views({}, "", std::string(30, 'x'), {}, small, {}, std::string_view());
  trace_views({longer, sizeof longer}, text, "", std::span<const unsigned>((const unsigned *)many, 300), small, {},
              "other");
  trace_flags(READ, 18, BUSY);
  trace_flags(BOTH, 0x48, IDLE);
  trace_flags(static_cast<mode>(0), 0, IDLE);
  Request request = {{"ab"}, {1, 2}, {-3, -4}, "/logo", "GET", {0.25, 8}, WRITE};
  trace_structs({1, 2}, 3, request, {"owner", 4});
  request.path = nullptr;
  request.method = {};
  trace_structs({1, 2}, 3, request, {"", 4});
  trace_format({5, 6}, std::span(numbers).first(2), EXTRA, "cut", data, 2);
  return function({5, 6}, "view", text, numbers, 2, BOTH) != 5 + 4 + 8 + 2 + 3 + 1;
}
