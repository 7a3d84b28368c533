/// The seam between patching and processors: how a site looks in its two
/// states, and in which order its bytes may change under running threads.
/// An architecture is one file that defines one `Architecture`, plus its line
/// in native.cpp. Everything here is pure, so each is tested on any host.
#ifndef TRACE_RUNTIME_ARCH_ARCH_H
#define TRACE_RUNTIME_ARCH_ARCH_H

#include <cstddef>
#include <cstdint>
#include <span>

namespace trace::arch {

inline constexpr size_t site_bytes_max = 8;

enum class SiteState : uint8_t { nop, jump };

enum class EncodeResult : uint8_t {
  ok,
  out_of_range, ///< the jump does not reach the target
  misaligned,   ///< the bytes that must change at once can't
};

struct Instruction {
  uint8_t bytes[site_bytes_max];
};

/// One write of the patch protocol: bytes [first, first + count) of a site
/// become those of `fixed`, or of the instruction that is being installed
/// where `fixed` is null. After each step over all sites of a batch the cores
/// are synchronised.
struct Step {
  uint8_t first;
  uint8_t count;
  const uint8_t *fixed;
};

/// `steps` lead from any state that the same steps can leave behind to the
/// installed instruction; so the way back is the same steps with the old one.
struct Architecture {
  const char *name;
  uint16_t elf_machine;
  size_t site_bytes;
  EncodeResult (*encode)(uint64_t site, uint64_t target, SiteState state,
                         Instruction &instruction);
  std::span<const Step> steps;
};

extern const Architecture x86_64;

/// The architecture that this library runs on.
const Architecture &native();

} // namespace trace::arch

#endif
