/* Strings of every length, from every address, up to the last byte of readable
 * memory, are recorded by the code behind the site as they are, and cut behind
 * 1024 characters; arrays of characters end at a NUL or at their size. */
// RUN: %clang_trace -O2 -D_GNU_SOURCE %s -o %t %link
// RUN: %t > %t.expected
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e '*' -- %t > %t.printed
// RUN: %tracepoint view %t.dir | sed 's/^[^:]*: //' | diff %t.expected -

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { page = 4096, longest = 1024 };
struct name {
  char text[11];
};

[[trace::point]] void trace_whole(const char *text);
[[trace::point]] void trace_array(struct name n);

static void whole(const char *text) {
  printf("whole: text=%.*s%s\n", longest, text,
         strlen(text) > longest ? "..." : "");
  trace_whole(text);
}

static void array(const char *text) {
  struct name n;
  strncpy(n.text, text, sizeof n.text);
  printf("array: n.text=%.*s\n", (int)sizeof n.text, text);
  trace_array(n);
}

int main(void) {
  char *end = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  end += page;
  munmap(end, page);
  for (size_t length = 0; length <= 40; length++)
    for (size_t behind = 0; behind < 16; behind++) {
      memset(end - page, 0, page);
      char *text = end - 1 - behind - length;
      for (size_t i = 0; i < length; i++)
        text[i] = (char)('a' + (i + behind) % 26);
      if (text > end - page)
        text[-1] = '!';
      whole(text);
      if (behind == 0)
        array(text);
    }
  // Bytes above 127 end nothing, nor do those that look like one less than 0.
  puts("whole: text=\u00e4\u00f6\u00fc\u00df and \\x01\\x01\\x01");
  trace_whole("\u00e4\u00f6\u00fc\u00df and \x01\x01\x01");
  for (size_t length = longest - 9; length <= longest + 9; length++) {
    memset(end - page, 0, page);
    memset(end - 1 - length, 'x', length);
    whole(end - 1 - length);
  }
  return 0;
}
