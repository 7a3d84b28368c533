//===- Sequence.h - the assembly text of a site ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_SEQUENCE_H
#define TRACE_PLUGIN_LOWER_SEQUENCE_H

#include "Reporter.h"
#include "Target.h"
#include <string>

namespace trace {

struct Site {
  bool Jump = false;         ///< Its instruction is a jmp at first.
  unsigned KeyBits = 0;      ///< Added to the entry's key.
  unsigned AddressBytes = 8; ///< On the target.
  bool BigEndian = false;
  std::optional<Place> Where;
};

/// The template of an inline assembly with operand 0 the key and operand 1 the
/// label of the other side: what is patched, and its entry in the jump table.
std::string sequence(const Target &T, const Site &S);

/// The same as the body of an assembler's macro with the parameters `key` and
/// `other`, for assembly that LLVM does not number: a Rust compiler's. Without
/// a place.
std::string macroSequence(const Target &T, const Site &S);

/// The same as Linux's own header has it, with the branch before the label
/// where the target's branch_operand says so. Empty where Linux has none.
std::string linuxSequence(const Target &T, const Site &S);

/// The content of a .note.stapsdt.
struct ProbeNote {
  std::string Provider, Name;
  std::string Arguments; ///< With the template's operands in it.
  std::string Base;      ///< The operand that is _.stapsdt.base.
  unsigned AddressBytes = 8;
};

/// The template of an inline assembly that is a USDT probe: a nop of its own,
/// and the note that leads to it.
std::string probeSequence(const Target &T, const ProbeNote &N);

} // namespace trace

#endif
