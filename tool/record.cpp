//===- record.cpp - tracepoint record -------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "record.h"
#include "../runtime/error.h"
#include "../runtime/recording/file.h"
#include "../runtime/recording/session.h"
#include "recovery.h"
#include "run.h"
#include "trace/recording.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

/// A number of bytes: 4096, 64K, 1M, 2G.
std::optional<uint64_t> parseBytes(StringRef Text) {
  unsigned Shift = 0;
  if (Text.consume_back_insensitive("K"))
    Shift = 10;
  else if (Text.consume_back_insensitive("M"))
    Shift = 20;
  else if (Text.consume_back_insensitive("G"))
    Shift = 30;
  uint64_t Number;
  if (Text.getAsInteger(10, Number) || Number > (UINT64_MAX >> Shift))
    return std::nullopt;
  return Number << Shift;
}

/// Replaces `Into` by what the option says, if it says anything.
bool readBytes(StringRef Option, StringRef Text, uint64_t &Into) {
  if (Text.empty())
    return true;
  std::optional<uint64_t> Bytes = parseBytes(Text);
  if (Bytes)
    Into = *Bytes;
  else
    message() << Option << " '" << Text
              << "': not a number of bytes; for example 64K, 16M, 1G\n";
  return Bytes.has_value();
}

bool refuse(const Twine &Text) {
  message() << Text << "\n";
  return false;
}

bool readOptions(const RecordRequest &Request, trace_session &Session) {
  uint64_t Packet = Session.packet_bytes;
  if (!readBytes("--packet", Request.Packet, Packet))
    return false;
  uint64_t Ring = Packet * Session.packet_count;
  if (!readBytes("--ring", Request.Ring, Ring) ||
      !readBytes("--memory", Request.Memory, Session.memory_bytes) ||
      !readBytes("--size", Request.Size, Session.file_bytes))
    return false;
  if (Request.Packet.empty() && !Request.Ring.empty())
    Packet = Ring / TRACE_PACKET_COUNT_DEFAULT / TRACE_PACKET_BYTES_MIN *
             TRACE_PACKET_BYTES_MIN;
  if (Packet < TRACE_PACKET_BYTES_MIN || Packet > TRACE_PACKET_BYTES_MAX ||
      Packet % TRACE_PACKET_BYTES_MIN != 0)
    return refuse("--packet: a packet has 4K to 16M, in steps of 4K");
  uint64_t Count = Ring / Packet;
  if (Count < TRACE_PACKET_COUNT_MIN || Count > TRACE_PACKET_COUNT_MAX)
    return refuse("--ring: a ring has 4 to 64 packets, here of " +
                  Twine(Packet) + " bytes");
  if (Session.file_bytes && Session.file_bytes < 2 * Packet)
    return refuse("--size: a file has at least two packets, here of " +
                  Twine(Packet) + " bytes");
  if (Session.memory_bytes < Ring)
    return refuse("--memory: less than one thread's ring of " + Twine(Ring) +
                  " bytes");
  Session.packet_bytes = static_cast<uint32_t>(Packet);
  Session.packet_count = static_cast<uint32_t>(Count);
  Session.keep = Request.Keep;
  Session.mode = Request.Flight ? TRACE_MODE_FLIGHT : TRACE_MODE_STREAM;
  Session.flags = (Request.Children ? 0 : TRACE_SESSION_NO_CHILDREN) |
                  (Request.SafeStrings ? TRACE_SESSION_SAFE_STRINGS : 0);
  return true;
}

/// NAME-YYYYMMDD-HHMMSS.trace
std::string defaultDirectory(StringRef Command) {
  char Time[32] = "";
  time_t Now = ::time(nullptr);
  struct tm Local;
  if (::localtime_r(&Now, &Local))
    ::strftime(Time, sizeof Time, "-%Y%m%d-%H%M%S", &Local);
  return (sys::path::filename(Command) + Time + ".trace").str();
}

/// Makes the directory and its session. 0 or an exit status.
int makeSession(StringRef Directory, trace_session &Session) {
  // 10 ms give 0.04 ppm; the program does not wait for it again.
  constexpr unsigned CalibrationMicroseconds = 10'000;
  std::string Path = Directory.str();
  if (::mkdir(Path.c_str(), 0700) != 0 && errno != EEXIST) {
    message() << Directory << ": " << std::strerror(errno) << "\n";
    return OwnFailure;
  }
  int Error = session_make(Path.c_str(), Session, CalibrationMicroseconds);
  if (Error == -EEXIST)
    message() << Directory
              << ": holds a recording already; name another directory\n";
  else if (Error)
    message() << Directory << ": " << std::strerror(-Error) << "\n";
  return Error ? OwnFailure : 0;
}

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

/// One line on standard error that is written over, if that is a terminal.
class LiveLine {
public:
  LiveLine(StringRef Directory, bool Quiet)
      : Directory(Directory), Shown(!Quiet && ::isatty(STDERR_FILENO)) {}

  void update() {
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
           << shortNumber(Total.Bytes, "B") << "\033[K";
    errs().flush();
  }

  void erase() {
    if (Shown)
      errs() << "\r\033[K";
  }

private:
  StringRef Directory;
  bool Shown;
  std::chrono::steady_clock::time_point Before =
      std::chrono::steady_clock::now();
  uint64_t Records = 0;
};

/// The keyboard's signals are for the command; we stay to complete what it
/// leaves. The command gets them as they were.
class KeyboardSignalsIgnored {
public:
  KeyboardSignalsIgnored() {
    struct sigaction Ignore = {};
    Ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGINT, &Ignore, &Interrupt);
    ::sigaction(SIGQUIT, &Ignore, &Quit);
  }
  void restore() const {
    ::sigaction(SIGINT, &Interrupt, nullptr);
    ::sigaction(SIGQUIT, &Quit, nullptr);
  }

private:
  struct sigaction Interrupt, Quit;
};

/// The child's wait status.
int waitFor(pid_t Child, LiveLine &Line) {
  // A blocked SIGCHLD ends the pause as soon as there is something to wait for.
  sigset_t Ended;
  sigemptyset(&Ended);
  sigaddset(&Ended, SIGCHLD);
  constexpr timespec Pause = {0, 500'000'000};
  int Status = 0;
  while (true) {
    pid_t Got = ::waitpid(Child, &Status, WNOHANG);
    if (Got == Child || (Got < 0 && errno != EINTR))
      return Status;
    ::sigtimedwait(&Ended, nullptr, &Pause);
    Line.update();
  }
}

int runChild(const std::string &Path, const RecordRequest &Request,
             LiveLine &Line) {
  sigset_t Ended, Before;
  sigemptyset(&Ended);
  sigaddset(&Ended, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &Ended, &Before);
  KeyboardSignalsIgnored Ignored;
  pid_t Child = ::fork();
  if (Child < 0) {
    message() << "cannot fork: " << std::strerror(errno) << "\n";
    return OwnFailure;
  }
  if (Child == 0) {
    Ignored.restore();
    ::sigprocmask(SIG_SETMASK, &Before, nullptr);
    ::_exit(execute(Path, Request.Command));
  }
  int Status = waitFor(Child, Line);
  Line.erase();
  Ignored.restore();
  return WIFSIGNALED(Status) ? 128 + WTERMSIG(Status) : WEXITSTATUS(Status);
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

/// Completes the recording and says what there is. False: something failed.
bool finish(StringRef Directory, bool Quiet) {
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
  Totals Total = countAll(Directory);
  if (!Quiet)
    message() << Directory << ": " << Total.Records << " events of "
              << Total.Processes
              << (Total.Processes == 1 ? " process, " : " processes, ")
              << Total.Lost << " lost, " << shortNumber(Total.Bytes, "B")
              << "\n";
  if (Total.Processes == 0)
    message() << "no process had an event that matches\n";
  printLost(Total);
  return Good;
}

} // namespace

int record(const RecordRequest &Request) {
  trace_session Session = session_defaults();
  if (!readOptions(Request, Session))
    return UsageMistake;
  std::string Directory = Request.Directory.empty()
                              ? defaultDirectory(Request.Command.front())
                              : Request.Directory;
  StringRef Name = StringRef(Directory).rtrim('/');
  std::string Path;
  if (int Status = prepareProgram(Request.Patterns, (Name + "/").str(),
                                  Request.Command, Path))
    return Status;
  if (int Status = makeSession(Name, Session))
    return Status;
  LiveLine Line(Name, Request.Quiet);
  int Status = runChild(Path, Request, Line);
  bool Good = finish(Name, Request.Quiet);
  return Status == 0 && !Good ? OwnFailure : Status;
}

} // namespace trace
