// Members of JSON objects, for programs that print the table of targets.
#ifndef JSON_H
#define JSON_H

#include <cstdio>
#include <string_view>

inline void print_json(const char *name, std::string_view text,
                       const char *end) {
  printf("\"%s\": \"", name);
  for (const char c : text) {
    if (c == '\n')
      printf("\\n");
    else if (c == '"' || c == '\\')
      printf("\\%c", c);
    else
      putchar(c);
  }
  printf("\"%s", end);
}

#endif
