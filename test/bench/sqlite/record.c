/* What the sites of asm goto and of the flag call. */
void bench_record(unsigned long a, unsigned long b) {
  __asm__ volatile("" : : "r"(a), "r"(b));
}
