#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct connection;

/// What a connection does.
enum state { STATE_IDLE, STATE_BUSY = 5, STATE_LAST = 5, STATE_type };
typedef enum { RED = -1, GREEN } color;
enum __attribute__((flag_enum)) mode { READ = 1, WRITE = 2 };

/// Takes a request.
///
///     trace_request(1, "GET");
///
/// ```
/// never Rust
/// ```
[[trace::point("fd=%d request=\"%s\"")]]
void trace_request(int fd, const char *text);

[[trace::point]] void trace_none(void);

/** Every integer there is. */
[[trace::point, trace::system("wide")]]
void trace_integers(char c, signed char sc, unsigned char uc, short s,
                    unsigned short us, int i, unsigned u, long l,
                    unsigned long ul, long long ll, unsigned long long ull,
                    size_t size, ptrdiff_t difference, uintptr_t address);

[[trace::point, trace::system("wide")]]
void trace_others(bool b, float f, double d, enum state state, color c,
                  enum mode mode);

[[trace::point, trace::system("wide")]]
void trace_pointers(void *p, const void *cp, struct connection *connection,
                    const uint16_t *numbers, double *d, void (*function)(int));

[[trace::point("%p"), trace::system("mod")]]
void trace_fn(const char *type, int self, enum state arg2);

/// Two slices of one length, a text and an array.
[[trace::point, trace::system("wide")]]
void trace_slices(size_t size, [[trace::bytes("size")]] const void *data,
                  [[trace::bytes("size")]] const unsigned short *numbers,
                  [[trace::bytes("n")]] const char *text, int n,
                  const int four[static 4],
                  [[trace::flags("mode")]] unsigned char flags);
