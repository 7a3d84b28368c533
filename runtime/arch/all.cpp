#include "arch.h"

namespace trace::arch {
namespace {

constexpr const Architecture *architectures[] = {
    &x86_64,  &i386,         &arm,         &thumb2,    &aarch64,
    &riscv,   &powerpc,      &powerpc64le, &s390x,     &mips,
    &mipsel,  &mipsr6,       &mipsr6el,    &loongarch, &sparc,
    &hexagon, &hexagon_open, &m68k,        &xtensa,
};

} // namespace

std::span<const Architecture *const> all() { return architectures; }

} // namespace trace::arch
