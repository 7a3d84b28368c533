/* What the sites of asm goto and of the flag call, and their key and flag. */
__attribute__((visibility("hidden"))) int bench_key[4];
int bench_flag;
void bench_record(unsigned long a, unsigned long b) {
  __asm__ volatile("" : : "r"(a), "r"(b));
}
