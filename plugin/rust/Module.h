//===- Module.h - the text of a Rust module -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_RUST_MODULE_H
#define TRACE_PLUGIN_RUST_MODULE_H

#include "Parts.h"
#include "Signature.h"
#include "lower/Sequence.h"

namespace trace {

struct RustEnumeration {
  std::string Name;
  std::string Integer; ///< Its representation.
  std::vector<std::string> Documentation;
  std::vector<Enumerator> Values;
};

struct RustEvent {
  Event Described;
  std::vector<std::string> Documentation;
  std::vector<RustParameter> Parameters;
  RustParts Parts;
};

/// pub mod SYSTEM
struct RustSystem {
  std::string Name;
  std::vector<RustEnumeration> Enumerations;
  /// Enumerations of another system's module: "system::name".
  std::vector<std::string> Imports;
  std::vector<RustEvent> Events;
};

struct RustTarget {
  std::string Triple;
  std::string Arch; ///< Rust's target_arch; empty: not one of Rust's.
  const Target *Row = nullptr;
  Site Form;
};

/// A module that is formatted as rustfmt does, and that the compiler does not
/// warn of, in the editions 2021 and 2024. \p Image: PartsCompiler::image().
void writeRust(llvm::raw_ostream &OS, llvm::StringRef Header,
               const RustTarget &T, llvm::ArrayRef<RustSystem> Systems,
               llvm::StringRef Image);

} // namespace trace

#endif
