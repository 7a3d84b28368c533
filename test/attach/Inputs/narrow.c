// A 32-bit program without a library: says that it is there, and waits.
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("int $0x80"
                   : "=a"(result)
                   : "a"(number), "b"(a), "c"(b), "d"(c)
                   : "memory");
  return result;
}

void _start(void) {
  const long write_call = 4, pause_call = 29;
  call(write_call, 1, (long)"ready\n", 6);
  for (;;)
    call(pause_call, 0, 0, 0);
}
