/// The only place that names the host's architecture.
#include "arch.h"

namespace trace::arch {

const Architecture &native() {
#if defined(__x86_64__) && defined(__LP64__)
  return x86_64;
#else
#error "no runtime/arch file for this architecture yet; arch.h says what it is"
#endif
}

} // namespace trace::arch
