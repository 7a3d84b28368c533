#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct fields {
  int8_t c;
  int16_t s;
  int32_t i;
  int64_t l;
  uint32_t u;
  double d;
  float f;
  bool b;
  const void *p;
};
uint64_t calls_both(const struct fields *, const uint64_t *values,
                    const double *floats, uint64_t *out, double *more);

int main(void) {
  const struct fields fields = {-3,         -300, -70000, -5000000000,
                                4000000000, 1.5,  -0.25f, true,
                                (void *)0x1234};
  uint64_t values[8], out[8], all = 0;
  double floats[8], more[8];
  for (int i = 0; i < 8; i++) {
    values[i] = UINT64_C(0x0123456789abcdef) * (i + 1);
    all ^= values[i];
    floats[i] = i + 1.5;
  }
  if (calls_both(&fields, values, floats, out, more) != all)
    return puts("the result is wrong"), 1;
  for (int i = 0; i < 8; i++)
    if (out[i] != values[7 - i] || more[i] != floats[7 - i])
      return printf("value %d is wrong\n", i), 1;
  return 0;
}
