// What LLVM calls each architecture's instruction sets: all those that one
// encoder serves, as llvm-mc --triple and --mattr have them.
#ifndef TRIPLES_H
#define TRIPLES_H

#include "arch/arch.h"

#include <cstdio>
#include <cstdlib>

struct Triple {
  const trace::arch::Architecture &architecture;
  const char *name;
  const char *row; ///< in targets.h
  const char *features = "";
};

inline const Triple triples[] = {
    {trace::arch::x86_64, "x86_64", "x86_64"},
    {trace::arch::i386, "i386", "i386"},
    {trace::arch::arm, "armv5te", "arm"},
    {trace::arch::arm, "armv7", "arm"},
    {trace::arch::thumb2, "thumbv7", "thumb2"},
    {trace::arch::aarch64, "aarch64", "aarch64"},
    {trace::arch::aarch64, "aarch64_be", "aarch64"},
    {trace::arch::riscv, "riscv32", "riscv"},
    {trace::arch::riscv, "riscv64", "riscv", "+c"},
    {trace::arch::powerpc, "powerpc", "powerpc"},
    {trace::arch::powerpc, "powerpc64", "powerpc"},
    {trace::arch::powerpc64le, "powerpc64le", "powerpc"},
    {trace::arch::s390x, "s390x", "s390x"},
    {trace::arch::mips, "mips", "mips"},
    {trace::arch::mips, "mips64", "mips"},
    {trace::arch::mipsel, "mipsel", "mips"},
    {trace::arch::mipsel, "mips64el", "mips"},
    {trace::arch::mipsr6, "mipsisa32r6", "mipsr6"},
    {trace::arch::mipsr6, "mipsisa64r6", "mipsr6"},
    {trace::arch::mipsr6el, "mipsisa32r6el", "mipsr6"},
    {trace::arch::mipsr6el, "mipsisa64r6el", "mipsr6"},
    {trace::arch::loongarch, "loongarch32", "loongarch"},
    {trace::arch::loongarch, "loongarch64", "loongarch"},
    {trace::arch::sparc, "sparc", "sparc"},
    {trace::arch::sparc, "sparcv9", "sparc"},
    {trace::arch::hexagon, "hexagon", "hexagon"},
    {trace::arch::hexagon_open, "hexagon", "hexagon"},
    {trace::arch::m68k, "m68k", "m68k"},
    {trace::arch::xtensa, "xtensa", "xtensa"},
};

inline const trace::Target &row_of(const Triple &triple) {
  for (const trace::Target &target : trace::targets)
    if (target.name == triple.row)
      return target;
  fprintf(stderr, "targets.h has no row %s\n", triple.row);
  exit(EXIT_FAILURE);
}

#endif
