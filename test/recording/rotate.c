/* --size and --keep: files of a stream end at the size, the oldest go, what stays
 * is the newest without gaps, and valid. A flight recorder keeps the newest of
 * each thread, and trace_snapshot adds up without repeating anything. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --packet 4K --size 64K --keep 3 -e app:step -- %t
// RUN: %python %S/Inputs/expect.py %t.dir "lost == 0" "numbers == list(range(numbers[0], 100000))" "3000 < len(numbers) < 8000" "bt == len(numbers)" "len(__import__('os').listdir(processes[0].path + '/ctf')) == 4"
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --flight --packet 4K -e app:step -- %t
// RUN: %python %S/Inputs/expect.py %t.dir "lost == 0" "numbers == list(range(numbers[0], 100000))" "200 < len(numbers) < 700" "bt == len(numbers)"
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --flight --packet 4K -e app:step -- %t snapshot
// RUN: %python %S/Inputs/expect.py %t.dir "lost == 0" "len(set(numbers)) == len(numbers) == bt" "set(range(49990, 50110)) <= set(numbers)" "99999 in numbers" "75000 not in numbers"
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include "Inputs/record.h"

int main(int argc, char **argv) {
  (void)argv;
  record_steps(0, 50000);
  CHECK(argc == 1 || trace_snapshot() == 0);
  record_steps(50000, 10);
  CHECK(argc == 1 || trace_snapshot() == 0);
  record_steps(50010, 100);
  CHECK(argc == 1 || trace_snapshot() == 0);
  record_steps(50110, 49890);
  return 0;
}
