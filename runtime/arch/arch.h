/// The seam between patching and processors: how a site looks in its two
/// states, and in which order its bytes may change under running threads.
/// An architecture is its row in trace/targets.h, one file here that defines
/// one `Architecture` for each byte order, their places in the list below, and
/// a line in native.cpp. The encoders are pure, so each is tested on any host.
/// docs/porting.md shows all of it.
#ifndef TRACE_RUNTIME_ARCH_ARCH_H
#define TRACE_RUNTIME_ARCH_ARCH_H

#include <trace/targets.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace trace::arch {

inline constexpr size_t site_bytes_max = 8;

enum class SiteState : uint8_t { nop, jump };

constexpr SiteState other(SiteState state) {
  return state == SiteState::nop ? SiteState::jump : SiteState::nop;
}

enum class EncodeResult : uint8_t {
  ok,
  out_of_range, ///< the jump does not reach the target
  misaligned,   ///< the site can't be changed at once, or no code can be there
};

/// Zero behind the site's bytes.
struct Instruction {
  uint8_t bytes[site_bytes_max];
};

/// One write of the patch protocol: bytes [first, first + count) of a site
/// become those of `fixed`, or of the instruction that is being installed
/// where `fixed` is null. After each step over all sites of a batch the
/// processors are synchronised.
struct Step {
  uint8_t first;
  uint8_t count;
  const uint8_t *fixed;
};

/// `steps` lead from any state that the same steps can leave behind to the
/// installed instruction; so the way back is the same steps with the old one.
///
/// Where there is one step, it changes one whole instruction into another at
/// once: a thread runs the old or the new one at every moment, and
/// synchronising the processors only bounds how long it may run the old one.
/// Between two steps it is what keeps a thread from running a mixture.
struct Architecture {
  const char *name;
  size_t site_bytes;
  /// Of both states alike: a nop whose jump would not reach is refused, too.
  EncodeResult (*encode)(uint64_t site, uint64_t target, SiteState state,
                         Instruction &instruction);
  std::span<const Step> steps;
  /// Another encoding, of the same size and steps, which sites of the same
  /// process may have. None of its instructions is one of this one's.
  const Architecture *second = nullptr;
  /// Instead of `steps`, for a batch of changes each of which is within one
  /// aligned word of 8 bytes (change.h). Empty: that makes no difference.
  std::span<const Step> steps_in_word = {};
  /// The nop that takes a jump's place, if it is not the compiler's. Null: it
  /// is.
  Instruction (*nop_after)(uint64_t site, const Instruction &jump) = nullptr;
};

constexpr bool is_in_word(uint64_t address, size_t bytes) {
  constexpr size_t word_bytes = 8;
  return address % word_bytes + bytes <= word_bytes;
}

size_t targets_h_has_no_such_row(); // never defined: calling it won't compile

/// What targets.h says in the row of that name.
consteval size_t site_bytes_of(std::string_view row) {
  for (const Target &target : targets)
    if (target.name == row)
      return static_cast<size_t>(target.site_bytes);
  return targets_h_has_no_such_row();
}

/// All encodings there are: each is defined in a file here.
#define TRACE_ARCHITECTURES(X)                                                 \
  X(x86_64)                                                                    \
  X(i386)                                                                      \
  X(arm)                                                                       \
  X(thumb2)                                                                    \
  X(aarch64)                                                                   \
  X(riscv)                                                                     \
  X(powerpc)                                                                   \
  X(powerpc64le)                                                               \
  X(s390x)                                                                     \
  X(mips)                                                                      \
  X(mipsel)                                                                    \
  X(mipsr6)                                                                    \
  X(mipsr6el)                                                                  \
  X(loongarch)                                                                 \
  X(sparc)                                                                     \
  X(hexagon)                                                                   \
  X(hexagon_open)                                                              \
  X(m68k)                                                                      \
  X(xtensa)
#define DECLARE(name) extern const Architecture name;
TRACE_ARCHITECTURES(DECLARE)
#undef DECLARE

/// Every one, for who patches another machine's or process's code, and tests.
std::span<const Architecture *const> all();

/// The architecture that this library runs on.
const Architecture &native();

/// Makes instruction fetches of all processors see what was stored in [begin,
/// begin + bytes), in the caches; what a processor has fetched already, it may
/// still run. The range must be readable.
void flush_instructions(uintptr_t begin, size_t bytes);

} // namespace trace::arch

#endif
