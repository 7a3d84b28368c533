/// The only place that names the host's architecture.
#include "arch.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace trace::arch {

const Architecture &native() {
#if defined(__x86_64__) && defined(__LP64__)
  return x86_64;
#elif defined(__i386__)
  return i386;
#elif defined(__aarch64__)
  return aarch64;
#elif defined(__arm__) && (!defined(__ARM_BIG_ENDIAN) || __ARM_ARCH >= 6)
  return arm;
#elif defined(__riscv)
  return riscv;
#elif defined(__powerpc__)
  return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? powerpc : powerpc64le;
#elif defined(__s390x__)
  return s390x;
#elif defined(__mips__) && __mips_isa_rev >= 6
  return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? mipsr6 : mipsr6el;
#elif defined(__mips__)
  return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? mips : mipsel;
#elif defined(__loongarch__)
  return loongarch;
#elif defined(__sparc__)
  return sparc;
#elif defined(__hexagon__)
  return hexagon;
#elif defined(__m68k__)
  return m68k;
#elif defined(__XTENSA_EL__)
  return xtensa;
#else
#error "no runtime/arch file for this architecture yet; arch.h says what it is"
#endif
}

// The builtin may be a call of libgcc's __clear_cache, which is empty on Power,
// SPARC and MIPS.
void flush_instructions(uintptr_t begin, size_t bytes) {
#if defined(__powerpc__)
  constexpr size_t line_bytes = 16; // the smallest of any processor
  for (uintptr_t line = begin; line < begin + bytes; line += line_bytes)
    asm volatile("dcbst 0,%0" : : "r"(line) : "memory");
  asm volatile("sync" : : : "memory");
  for (uintptr_t line = begin; line < begin + bytes; line += line_bytes)
    asm volatile("icbi 0,%0" : : "r"(line) : "memory");
  asm volatile("sync; isync" : : : "memory");
#elif defined(__sparc__)
  constexpr size_t flush_bytes = 8; // of one FLUSH at least (SPARC V9, A.20)
  for (uintptr_t word = begin; word < begin + bytes; word += flush_bytes)
    asm volatile("flush %0" : : "r"(word) : "memory");
#elif defined(__mips__)
  constexpr int both_caches = 3; // BCACHE, asm/cachectl.h
  syscall(SYS_cacheflush, begin, bytes, both_caches);
#else
  __builtin___clear_cache(reinterpret_cast<char *>(begin),
                          reinterpret_cast<char *>(begin + bytes));
#endif
}

} // namespace trace::arch
