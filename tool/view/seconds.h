//===- seconds.h - Nanoseconds as seconds -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_SECONDS_H
#define TRACE_TOOL_VIEW_SECONDS_H

#include "llvm/Support/raw_ostream.h"

namespace trace {

/// All nine decimals: "12.000000345".
inline void writeSeconds(llvm::raw_ostream &To, uint64_t Nanoseconds) {
  constexpr uint64_t Second = 1'000'000'000;
  char Decimals[9];
  uint64_t Rest = Nanoseconds % Second;
  for (size_t I = sizeof Decimals; I-- > 0; Rest /= 10)
    Decimals[I] = static_cast<char>('0' + Rest % 10);
  To << Nanoseconds / Second << '.' << llvm::StringRef(Decimals, 9);
}

} // namespace trace

#endif
