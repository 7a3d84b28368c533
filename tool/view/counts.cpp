//===- counts.cpp - How often events came ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "counts.h"
#include "../output.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {

double Counts::seconds() const {
  return Records ? static_cast<double>(Last - First) / 1e9 : 0;
}

namespace {

class Counter {
public:
  Counter(const Recording &From, const Selection &Selected)
      : Clock(From.session()), Selected(Selected), ByIndex(From.eventCount()),
        LastTimes(From.eventCount(), None) {}

  void read(RingRecords &Ring, unsigned Process) {
    uint64_t Packet = None;
    for (Record R; Ring.next(R);) {
      if (R.In->Head.packet_seq_num != Packet) {
        Packet = R.In->Head.packet_seq_num;
        enter({Process, R.In->Head.tid});
      }
      if (Selected.contains(*R.Of))
        add(R);
    }
    Thread = {};
    LastTimes.assign(LastTimes.size(), None);
  }

  Counts finish() {
    Result.Threads = Threads.size();
    return std::move(Result);
  }

private:
  static constexpr uint64_t None = UINT64_MAX;
  using ThreadKey = std::pair<unsigned, uint32_t>;

  // A ring is used by one thread after another.
  void enter(ThreadKey Next) {
    if (Thread == Next)
      return;
    Thread = Next;
    LastTimes.assign(LastTimes.size(), None);
    HasRecords = false;
  }

  void add(const Record &R) {
    if (!std::exchange(HasRecords, true))
      Threads.insert(*Thread);
    EventCount *&Of = ByIndex[R.Of->Index];
    if (!Of)
      Of = &Result.Events[(R.Of->system() + ":" + R.Of->name()).str()];
    const uint64_t Now = Clock.monotonic(R.Ticks);
    uint64_t &Last = LastTimes[R.Of->Index];
    if (Last != None && Now >= Last)
      Of->Intervals.add(Now - Last);
    Last = Now;
    ++Of->Count;
    ++Result.Records;
    Result.First = std::min(Result.First, Now);
    Result.Last = std::max(Result.Last, Now);
  }

  const Session &Clock;
  const Selection &Selected;
  Counts Result;
  std::vector<EventCount *> ByIndex;
  std::vector<uint64_t> LastTimes; // of this thread's events, by Index
  std::optional<ThreadKey> Thread;
  bool HasRecords = false; // of this thread
  DenseSet<ThreadKey> Threads;
};

std::string plural(uint64_t Count, StringRef What) {
  return formatv("{0} {1}{2}", Count, What, Count == 1 ? "" : "s").str();
}

void printRate(raw_ostream &To, uint64_t Count, double Seconds) {
  if (Seconds > 0)
    To << format("%14.1f", static_cast<double>(Count) / Seconds);
  else
    To << right_justify("-", 14);
}

} // namespace

Counts countEvents(const Recording &From, const Selection &Selected) {
  Counter Counting(From, Selected);
  for (const std::unique_ptr<Process> &P : From.processes())
    for (const std::unique_ptr<RingRecords> &Ring : P->Rings)
      Counting.read(*Ring, P->Index);
  return Counting.finish();
}

void printCounts(const Counts &Of, const Recording &From, raw_ostream &To) {
  uint64_t Lost = 0, Filtered = 0;
  for (const std::unique_ptr<Process> &P : From.processes()) {
    for (uint64_t Count : P->Head.lost)
      Lost += Count;
    Filtered += P->Head.filtered;
  }
  const size_t Processes = From.processes().size();
  To << plural(Of.Records, "event") << " in " << format("%.6f", Of.seconds())
     << " s, " << plural(Of.Threads, "thread") << ", " << Processes
     << (Processes == 1 ? " process" : " processes") << "; lost: " << Lost
     << ", filtered: " << Filtered << "\n";

  using Line = std::pair<const std::string, EventCount>;
  std::vector<const Line *> Lines;
  Lines.reserve(Of.Events.size());
  for (const Line &Each : Of.Events)
    Lines.push_back(&Each);
  stable_sort(Lines, [](const Line *A, const Line *B) {
    return A->second.Count > B->second.Count;
  });
  if (Lines.empty())
    return;
  To << "\n       count      a second  event\n";
  for (const Line *Each : Lines) {
    To << format("%12" PRIu64, Each->second.Count);
    printRate(To, Each->second.Count, Of.seconds());
    To << "  " << printable(Each->first) << "\n";
  }
  for (const Line *Each : Lines) {
    if (Each->second.Intervals.empty())
      continue;
    To << "\n"
       << printable(Each->first)
       << ": from one to the next in the same thread\n";
    Each->second.Intervals.print(To);
  }
}

} // namespace trace
