// Calls both halves, one after the other.
#include <stdio.h>

void serve_both(int fd);

int main(void) {
  for (int fd = 3; fd < 5; ++fd)
    serve_both(fd);
  puts("served");
}
