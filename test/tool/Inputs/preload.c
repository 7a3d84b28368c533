/* Says what was preloaded. With RUNTIME, its notes say that it contains the
 * run-time library. */
#include <stdio.h>
#include <stdlib.h>

#ifdef RUNTIME
__asm__(".pushsection .note.trace,\"a\",%note\n"
        ".p2align 2\n.long 6, 0, 2\n.asciz \"trace\"\n.p2align 2\n"
        ".popsection");
#endif

int main(void) {
  const char *list = getenv("LD_PRELOAD");
  printf("preloaded %s\n", list ? list : "nothing");
  return 0;
}
