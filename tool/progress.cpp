//===- progress.cpp - How a recording goes --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "progress.h"
#include "../runtime/recording/file.h"
#include "recording/process.h"
#include "recover/recovery.h"
#include "trace/recording.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <fcntl.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

/// What the directory's processes have counted so far.
struct Totals {
  uint64_t Records = 0, Bytes = 0, Lost = 0, Filtered = 0;
  uint64_t LostBy[TRACE_LOST_CAUSES] = {};
  unsigned Processes = 0;
};

template <typename T> bool readHead(const std::string &Path, T &Into) {
  File From(Path.c_str(), O_RDONLY);
  return !From.error() &&
         From.read(&Into, sizeof Into, 0) == static_cast<long>(sizeof Into);
}

void addProcess(const std::string &Directory, Totals &To) {
  trace_process Process;
  if (!readHead(Directory + "/process", Process) ||
      Process.magic != TRACE_PROCESS_MAGIC)
    return;
  ++To.Processes;
  To.Filtered += Process.filtered;
  for (int Cause = 0; Cause < TRACE_LOST_CAUSES; ++Cause) {
    To.LostBy[Cause] += Process.lost[Cause];
    To.Lost += Process.lost[Cause];
  }
  for (uint32_t N = 0; N < Process.ring_count; ++N) {
    trace_ring_file Ring;
    if (!readHead(Directory + "/ring-" + std::to_string(N), Ring))
      continue;
    To.Records += Ring.records;
    To.Bytes += Ring.bytes;
  }
}

Totals countAll(StringRef Directory) {
  Totals Result;
  Expected<std::vector<std::string>> Processes = processDirectories(Directory);
  if (!Processes) {
    consumeError(Processes.takeError());
    return Result;
  }
  for (const std::string &Process : *Processes)
    addProcess(Process, Result);
  return Result;
}

/// The records of the ring's newest packet, as bytes. A ring's head does not
/// count them; a process that ended in order has left it empty.
recording::Bytes newestRecords(const File &From) {
  trace_ring_file Ring;
  recording::Bytes Records;
  if (From.read(&Ring, sizeof Ring, 0) != static_cast<long>(sizeof Ring) ||
      Ring.magic != TRACE_RING_MAGIC ||
      Ring.packet_count > TRACE_PACKET_COUNT_MAX)
    return Records;
  trace_packet Newest = {};
  uint64_t At = 0;
  for (uint64_t Place = 0; Place < Ring.packet_count; ++Place) {
    trace_packet Head = {};
    const uint64_t Here = TRACE_RING_HEAD_BYTES + Place * Ring.packet_bytes;
    if (From.read(&Head, sizeof Head, Here) == static_cast<long>(sizeof Head) &&
        Head.content_size / 8 >= sizeof Head &&
        Head.content_size / 8 <= Ring.packet_bytes &&
        Head.packet_seq_num >= Newest.packet_seq_num) {
      Newest = Head;
      At = Here;
    }
  }
  if (At == 0)
    return Records;
  Records.resize(recording::contentBytes(Newest) - sizeof Newest);
  if (From.read(Records.data(), Records.size(), At + sizeof Newest) !=
      static_cast<long>(Records.size()))
    Records.clear();
  return Records;
}

void addNewest(const std::string &Path, Totals &To) {
  unsigned EventCount = 0;
  auto Process = recording::openProcess(Path, 0, recording::ByteOrder::Native,
                                        EventCount, [](const Twine &) {});
  for (uint32_t N = 0; N < Process->Head.ring_count; ++N) {
    const File Ring((Path + "/ring-" + std::to_string(N)).c_str(), O_RDONLY);
    if (Ring.error())
      continue;
    const recording::Bytes Records = newestRecords(Ring);
    recording::RecordDecoder Decoder(Process->Known,
                                     recording::ByteOrder::Native);
    Decoder.begin(Records);
    recording::Record Each;
    Expected<bool> More = Decoder.next(Each);
    for (; More && *More; More = Decoder.next(Each))
      ++To.Records;
    if (!More)
      consumeError(More.takeError());
    To.Bytes += Records.size();
  }
}

/// As countAll, and what the rings' heads do not count.
Totals countWhole(StringRef Directory) {
  Totals Result = countAll(Directory);
  Expected<std::vector<std::string>> Processes = processDirectories(Directory);
  if (!Processes) {
    consumeError(Processes.takeError());
    return Result;
  }
  for (const std::string &Process : *Processes)
    addNewest(Process, Result);
  return Result;
}

std::string shortNumber(double Number, const char *Unit) {
  static constexpr const char *Prefixes[] = {"", "k", "M", "G", "T"};
  unsigned Step = 0;
  while (Number >= 1000 && Step + 1 < std::size(Prefixes)) {
    Number /= 1000;
    ++Step;
  }
  std::string Text;
  raw_string_ostream(Text) << format(Step ? "%.1f " : "%.0f ", Number)
                           << Prefixes[Step] << Unit;
  return StringRef(Text).rtrim().str();
}

/// Where there are conditions.
std::string filtered(const Totals &Total) {
  return Total.Filtered ? std::to_string(Total.Filtered) + " filtered, " : "";
}

void printLost(const Totals &Total) {
  static constexpr const char *Texts[] = {
#define TEXT(Name, Text) Text,
      TRACE_LOST(TEXT)
#undef TEXT
  };
  for (int Cause = 0; Cause < TRACE_LOST_CAUSES; ++Cause)
    if (Total.LostBy[Cause])
      message() << Total.LostBy[Cause] << " lost: " << Texts[Cause] << "\n";
}

} // namespace

LiveLine::LiveLine(StringRef Directory, bool Quiet)
    : Directory(Directory), Shown(!Quiet && ::isatty(STDERR_FILENO)) {}

void LiveLine::update() {
  using Clock = std::chrono::steady_clock;
  if (!Shown)
    return;
  Clock::time_point Now = Clock::now();
  double Seconds = std::chrono::duration<double>(Now - Before).count();
  Totals Total = countAll(Directory);
  double Rate = Seconds > 0 ? (Total.Records - Records) / Seconds : 0;
  Before = Now;
  Records = Total.Records;
  errs() << "\r" << shortNumber(Total.Records, "") << " events, "
         << shortNumber(Rate, "") << "/s, " << Total.Lost << " lost, "
         << filtered(Total) << shortNumber(Total.Bytes, "B") << "\033[K";
  errs().flush();
}

void LiveLine::erase() {
  if (Shown)
    errs() << "\r\033[K";
}

void printTotals(StringRef Directory, StringRef Shown, bool Quiet) {
  Totals Total = countWhole(Directory);
  if (!Quiet)
    message() << Shown << ": " << Total.Records << " events of "
              << Total.Processes
              << (Total.Processes == 1 ? " process, " : " processes, ")
              << Total.Lost << " lost, " << filtered(Total)
              << shortNumber(Total.Bytes, "B") << "\n";
  if (Total.Processes == 0)
    message() << "no process had an event that matches\n";
  printLost(Total);
}

bool finishRecording(StringRef Directory, bool Quiet) {
  Expected<std::vector<Recovery>> Results = recover(Directory);
  if (!Results) {
    message() << toString(Results.takeError()) << "\n";
    return false;
  }
  bool Good = true;
  for (const Recovery &Each : *Results) {
    if (Each.Was == Recovery::Failed)
      message() << Each.Why << "\n";
    if (Each.Was == Recovery::Running && !Quiet)
      message() << Each.Directory << ": still running, and recorded\n";
    Good &= Each.Was != Recovery::Failed;
  }
  printTotals(Directory, Directory, Quiet);
  return Good;
}

} // namespace trace
