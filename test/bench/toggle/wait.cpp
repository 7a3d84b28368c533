// Runs a site in a thread until its standard input ends, while a command
// switches events from outside.
#include "switch.h"

#include <atomic>
#include <thread>
#include <unistd.h>

int main() {
  std::atomic<bool> stop{false};
  std::thread busy([&] {
    for (unsigned long a = 0; !stop; a = f0_0(a, 1))
      ;
  });
  if (write(STDOUT_FILENO, "\n", 1) != 1) // ready
    return 1;
  for (char byte; read(STDIN_FILENO, &byte, 1) > 0;)
    ;
  stop = true;
  busy.join();
}
