#include "arch.h"

namespace trace::arch {
namespace {

#define ADDRESS(name) &name,
constexpr const Architecture *architectures[] = {TRACE_ARCHITECTURES(ADDRESS)};
#undef ADDRESS

} // namespace

std::span<const Architecture *const> all() { return architectures; }

} // namespace trace::arch
