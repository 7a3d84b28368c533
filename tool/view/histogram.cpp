//===- histogram.cpp - How times are distributed --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "histogram.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace trace {

uint64_t Histogram::begin(unsigned Index) {
  if (Index == 0)
    return 0;
  constexpr uint64_t Steps[StepsADecade] = {1, 2, 5};
  uint64_t Decade = 1;
  for (unsigned I = 0; I < (Index - 1) / StepsADecade; ++I)
    Decade *= 10;
  return Decade * Steps[(Index - 1) % StepsADecade];
}

void Histogram::add(uint64_t Nanoseconds) {
  static const auto Begins = [] {
    std::array<uint64_t, StepsADecade * Decades + 1> Result;
    for (unsigned I = 0; I < Result.size(); ++I)
      Result[I] = begin(I);
    return Result;
  }();
  ++Counts[upper_bound(Begins, Nanoseconds) - Begins.begin() - 1];
}

bool Histogram::empty() const {
  return all_of(Counts, [](uint64_t Count) { return Count == 0; });
}

// A step's begin is 1, 2 or 5 times a power of ten: no decimals.
static std::string withUnit(uint64_t Nanoseconds) {
  uint64_t Number = Nanoseconds;
  for (const char *Unit : {"ns", "us", "ms"}) {
    if (Number < 1000)
      return std::to_string(Number) + " " + Unit;
    Number /= 1000;
  }
  return std::to_string(Number) + " s";
}

void Histogram::print(raw_ostream &To) const {
  constexpr unsigned BarWidth = 40;
  const auto IsSet = [](uint64_t Count) { return Count > 0; };
  auto First = find_if(Counts, IsSet);
  auto Last = find_if(reverse(Counts), IsSet).base();
  if (First == Counts.end())
    return;
  const double Most = static_cast<double>(*max_element(Counts));
  for (auto Step = First; Step != Last; ++Step) {
    const auto Width = static_cast<unsigned>(
        static_cast<double>(*Step) / Most * BarWidth + 0.5);
    // Something is never nothing.
    const std::string Bar(std::max(Width, *Step ? 1u : 0u), '#');
    const auto Index = static_cast<unsigned>(Step - Counts.begin());
    To << formatv("  from {0,7} {1,12}", withUnit(begin(Index)), *Step)
       << (Bar.empty() ? "" : "  ") << Bar << "\n";
  }
}

} // namespace trace
