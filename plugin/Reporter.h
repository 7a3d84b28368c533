//===- Reporter.h - the passes' way to the source -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_REPORTER_H
#define TRACE_PLUGIN_REPORTER_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace trace {

struct Place {
  std::string File;
  uint64_t Line = 0;
};

/// What only the front end can do. Outside of clang (opt, rustc) both are
/// empty. A cookie is the number that clang keeps in `!srcloc`.
struct Reporter {
  std::function<std::optional<Place>(uint64_t Cookie)> Locate;
  std::function<void(uint64_t Cookie, unsigned Argument, llvm::StringRef Event)>
      SideEffect;
};

} // namespace trace

#endif
