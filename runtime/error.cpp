#include "error.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr size_t text_bytes_max = 512;

// A pthread key rather than thread_local: position-independent TLS would need
// the dynamic linker's __tls_get_addr, so a second DT_NEEDED.
pthread_once_t text_once = PTHREAD_ONCE_INIT;
pthread_key_t text_key;
bool text_key_made = false;

void make_text_key() {
  text_key_made = pthread_key_create(&text_key, free) == 0;
}

char *text_of_thread() {
  pthread_once(&text_once, make_text_key);
  if (!text_key_made)
    return nullptr;
  auto *text = static_cast<char *>(pthread_getspecific(text_key));
  if (text)
    return text;
  text = static_cast<char *>(calloc(1, text_bytes_max));
  if (text && pthread_setspecific(text_key, text) != 0) {
    free(text);
    return nullptr;
  }
  return text;
}

} // namespace

int fail(int number, const char *format, ...) {
  if (char *text = text_of_thread()) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, text_bytes_max, format, arguments);
    va_end(arguments);
  }
  return -number;
}

int fail_no_memory() { return fail(ENOMEM, "out of memory"); }

const char *error_text() {
  const char *text = text_of_thread();
  return text ? text : "out of memory";
}

void warn(const char *format, ...) {
  char line[text_bytes_max + 64];
  const int saved_errno = errno;
  size_t size =
      static_cast<size_t>(snprintf(line, sizeof line, "tracepoint: "));
  va_list arguments;
  va_start(arguments, format);
  const int wanted =
      vsnprintf(line + size, sizeof line - size - 1, format, arguments);
  va_end(arguments);
  if (wanted > 0)
    size += static_cast<size_t>(wanted);
  if (size > sizeof line - 2)
    size = sizeof line - 2;
  line[size++] = '\n';
  // Nothing can be said about a standard error that can't be written.
  [[maybe_unused]] ssize_t written = write(STDERR_FILENO, line, size);
  errno = saved_errno;
}

} // namespace trace
