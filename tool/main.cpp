//===- main.cpp - The command `tracepoint` --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Exit statuses: 0; 1 something failed; 2 the command line is wrong. `run`
// has those of the program, or of env(1).
//
//===----------------------------------------------------------------------===//

#include "attach/commands.h"
#include "list.h"
#include "record.h"
#include "recover/recovery.h"
#include "run.h"
#include "snapshot.h"
#include "trace/layout.h"
#include "view/stat.h"
#include "view/view.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"
#include <cstring>
#include <unistd.h>

using namespace llvm;

namespace {

cl::OptionCategory Category("Options");

cl::SubCommand
    ListCommand("list",
                "Show the trace points of executables, shared objects, object "
                "files and archives, without running anything; or those of a "
                "running process");
cl::list<std::string> ListFiles(cl::Positional, cl::desc("FILE..."),
                                cl::ZeroOrMore, cl::sub(ListCommand),
                                cl::cat(Category));
cl::opt<unsigned> ListPid("p", cl::value_desc("PID"),
                          cl::desc("Of this process, and what is on there"),
                          cl::sub(ListCommand), cl::cat(Category));
cl::alias ListPidLong("pid", cl::desc("Same as -p"), cl::aliasopt(ListPid));
cl::opt<bool> ListJson("json", cl::desc("Print a JSON array"),
                       cl::sub(ListCommand), cl::cat(Category));

cl::opt<bool> ListCost("cost",
                       cl::desc("Show what each site costs: bytes and "
                                "instructions, by disassembling"),
                       cl::sub(ListCommand), cl::cat(Category));

cl::SubCommand RunCommand("run", "Run a program with trace points switched on");
cl::list<std::string>
    RunEvents("e", cl::value_desc("PATTERN"),
              cl::desc("Events to record, as globs on system:name, separated "
                       "by commas; may be repeated"),
              cl::OneOrMore, cl::sub(RunCommand), cl::cat(Category));
cl::alias RunEventsLong("event", cl::desc("Same as -e"),
                        cl::aliasopt(RunEvents));
cl::opt<std::string> RunOutput("o", cl::value_desc("FILE"),
                               cl::desc("Write events to FILE, not to "
                                        "standard error"),
                               cl::sub(RunCommand), cl::cat(Category));
cl::alias RunOutputLong("output", cl::desc("Same as -o"),
                        cl::aliasopt(RunOutput));
cl::opt<std::string> RunProgram(cl::Positional, cl::desc("[--] COMMAND"),
                                cl::Required, cl::sub(RunCommand),
                                cl::cat(Category));
cl::list<std::string> RunArguments(cl::ConsumeAfter, cl::desc("[ARGUMENT...]"),
                                   cl::sub(RunCommand), cl::cat(Category));

cl::SubCommand
    RecordCommand("record",
                  "Run a program, or watch a running process, and record its "
                  "events into a directory");
cl::list<std::string>
    RecordEvents("e", cl::value_desc("PATTERN"),
                 cl::desc("Events to record, as globs on system:name, "
                          "separated by commas; may be repeated"),
                 cl::OneOrMore, cl::sub(RecordCommand), cl::cat(Category));
cl::alias RecordEventsLong("event", cl::desc("Same as -e"),
                           cl::aliasopt(RecordEvents));
cl::opt<std::string>
    RecordOutput("o", cl::value_desc("DIR"),
                 cl::desc("The directory, which is made; default: the "
                          "program's name and the time"),
                 cl::sub(RecordCommand), cl::cat(Category));
cl::alias RecordOutputLong("output", cl::desc("Same as -o"),
                           cl::aliasopt(RecordOutput));
cl::opt<unsigned> RecordPid(
    "p", cl::value_desc("PID"),
    cl::desc("Record this process, until it ends or ^C; no COMMAND then"),
    cl::sub(RecordCommand), cl::cat(Category));
cl::alias RecordPidLong("pid", cl::desc("Same as -p"), cl::aliasopt(RecordPid));
cl::opt<bool> RecordFlight(
    "flight",
    cl::desc("Flight recorder: keep only the newest events, in memory"),
    cl::sub(RecordCommand), cl::cat(Category));
cl::list<std::string> RecordSnapshots(
    "snapshot", cl::value_desc("PATTERN"),
    cl::desc("With --flight: write out what the rings hold whenever such an "
             "event occurs, as 'app:request if status >= 500'"),
    cl::sub(RecordCommand), cl::cat(Category));
cl::opt<std::string> RecordPacket("packet", cl::value_desc("BYTES"),
                                  cl::desc("Size of a packet (64K)"),
                                  cl::sub(RecordCommand), cl::cat(Category));
cl::opt<std::string>
    RecordRing("ring", cl::value_desc("BYTES"),
               cl::desc("Memory of a thread: at least 4 packets (256K)"),
               cl::sub(RecordCommand), cl::cat(Category));
cl::opt<std::string> RecordMemory("memory", cl::value_desc("BYTES"),
                                  cl::desc("Memory of a process's threads "
                                           "together, at most (256M)"),
                                  cl::sub(RecordCommand), cl::cat(Category));
cl::opt<std::string>
    RecordSize("size", cl::value_desc("BYTES"),
               cl::desc("Begin another file of a thread at this size (1G)"),
               cl::sub(RecordCommand), cl::cat(Category));
cl::opt<unsigned>
    RecordKeep("keep", cl::value_desc("N"),
               cl::desc("Keep the newest N files of a thread (all)"),
               cl::sub(RecordCommand), cl::cat(Category));
cl::opt<bool> RecordNoChildren("no-children",
                               cl::desc("Leave child processes alone"),
                               cl::sub(RecordCommand), cl::cat(Category));
cl::opt<bool> RecordSafeStrings(
    "safe-strings",
    cl::desc("Survive strings with bad addresses; slower by 100 times"),
    cl::sub(RecordCommand), cl::cat(Category));
cl::opt<bool> RecordQuiet("q", cl::desc("Say nothing but errors"),
                          cl::sub(RecordCommand), cl::cat(Category));
cl::opt<std::string> RecordProgram(cl::Positional, cl::desc("[--] COMMAND"),
                                   cl::Required, cl::sub(RecordCommand),
                                   cl::cat(Category));
cl::list<std::string> RecordArguments(cl::ConsumeAfter,
                                      cl::desc("[ARGUMENT...]"),
                                      cl::sub(RecordCommand),
                                      cl::cat(Category));

cl::SubCommand EnableCommand("enable", "Switch on events of a running process");
cl::SubCommand DisableCommand("disable",
                              "Switch off events of a running process");
cl::opt<unsigned> SwitchPid("p", cl::value_desc("PID"), cl::desc("The process"),
                            cl::Required, cl::sub(EnableCommand),
                            cl::sub(DisableCommand), cl::cat(Category));
cl::alias SwitchPidLong("pid", cl::desc("Same as -p"), cl::aliasopt(SwitchPid));
cl::list<std::string>
    SwitchEvents("e", cl::value_desc("PATTERN"),
                 cl::desc("Events, as globs on system:name, separated by "
                          "commas; may be repeated"),
                 cl::OneOrMore, cl::sub(EnableCommand), cl::sub(DisableCommand),
                 cl::cat(Category));
cl::alias SwitchEventsLong("event", cl::desc("Same as -e"),
                           cl::aliasopt(SwitchEvents));

cl::SubCommand
    RecoverCommand("recover",
                   "After a kill: complete a recording for other CTF readers");
cl::list<std::string> RecoverDirectories(cl::Positional, cl::desc("DIR..."),
                                         cl::OneOrMore, cl::sub(RecoverCommand),
                                         cl::cat(Category));

cl::SubCommand
    SnapshotCommand("snapshot",
                    "Copy a recording that goes on, as it is at this moment");
cl::opt<std::string> SnapshotSource(cl::Positional, cl::desc("DIR|PID"),
                                    cl::sub(SnapshotCommand),
                                    cl::cat(Category));
cl::opt<unsigned>
    SnapshotPid("p", cl::value_desc("PID"),
                cl::desc("The recording of this process; no DIR then"),
                cl::sub(SnapshotCommand), cl::cat(Category));
cl::alias SnapshotPidLong("pid", cl::desc("Same as -p"),
                          cl::aliasopt(SnapshotPid));
cl::opt<std::string>
    SnapshotOutput("o", cl::value_desc("DIR"),
                   cl::desc("Into this directory, which is made; default: the "
                            "recording's name and a number"),
                   cl::sub(SnapshotCommand), cl::cat(Category));

/// A command line that is wrong in a way that the parser does not see.
int mistake(const Twine &Text) {
  errs() << "tracepoint: " << Text << "\n";
  return 2;
}

/// The last word of `record -p`, in place of the COMMAND that the parser wants.
const char NoCommand[] = "";

int record(bool MayLackCommand) {
  trace::RecordRequest Request;
  Request.Patterns = RecordEvents;
  Request.Directory = RecordOutput;
  Request.Flight = RecordFlight;
  Request.Snapshots = RecordSnapshots;
  Request.Packet = RecordPacket;
  Request.Ring = RecordRing;
  Request.Memory = RecordMemory;
  Request.Size = RecordSize;
  Request.Keep = RecordKeep;
  Request.Children = !RecordNoChildren;
  Request.SafeStrings = RecordSafeStrings;
  Request.Quiet = RecordQuiet;
  Request.Command = RecordArguments;
  Request.Command.insert(Request.Command.begin(), RecordProgram);
  const bool HasPid = RecordPid.getNumOccurrences() > 0;
  if (MayLackCommand && !HasPid && Request.Command.size() > 1)
    Request.Command.pop_back(); // -p is an option of the command's own
  if (!HasPid)
    return trace::record(Request);
  if (Request.Command.size() > 1 || !Request.Command.front().empty())
    return mistake("record: -p and a COMMAND exclude each other");
  return trace::recordProcess(static_cast<pid_t>(RecordPid), Request);
}

cl::SubCommand
    ViewCommand("view", "Print the events of a recording in the order of time");
cl::opt<std::string> ViewDirectory(cl::Positional, cl::desc("DIR"),
                                   cl::Required, cl::sub(ViewCommand),
                                   cl::cat(Category));
cl::list<std::string>
    ViewEvents("e", cl::value_desc("PATTERN"),
               cl::desc("Only these events, as globs on system:name, separated "
                        "by commas; may be repeated"),
               cl::sub(ViewCommand), cl::cat(Category));
cl::alias ViewEventsLong("event", cl::desc("Same as -e"),
                         cl::aliasopt(ViewEvents));
cl::opt<bool>
    ViewJson("json",
             cl::desc("Print JSON lines: an object for each event, with "
                      "time (seconds), system, name, cpu, pid, tid, "
                      "comm and fields"),
             cl::sub(ViewCommand), cl::cat(Category));
cl::opt<bool> ViewCsv("csv",
                      cl::desc("Print comma-separated values: a line of column "
                               "names, then one line an event"),
                      cl::sub(ViewCommand), cl::cat(Category));
cl::opt<std::string>
    ViewPerfetto("perfetto", cl::value_desc("FILE"),
                 cl::desc("Write FILE for Perfetto (ui.perfetto.dev, "
                          "trace_processor) and print nothing"),
                 cl::sub(ViewCommand), cl::cat(Category));

cl::SubCommand StatCommand("stat", "Count the events of a recording");
cl::opt<std::string> StatDirectory(cl::Positional, cl::desc("DIR"),
                                   cl::Required, cl::sub(StatCommand),
                                   cl::cat(Category));
cl::list<std::string>
    StatEvents("e", cl::value_desc("PATTERN"),
               cl::desc("Only these events, as globs on system:name, separated "
                        "by commas; may be repeated"),
               cl::sub(StatCommand), cl::cat(Category));
cl::alias StatEventsLong("event", cl::desc("Same as -e"),
                         cl::aliasopt(StatEvents));

void printVersion(raw_ostream &OS) {
  OS << "tracepoint " TRACE_VERSION " (layout version " << TRACE_LAYOUT_VERSION
     << ")\n";
}

// `tracepoint help list` is `tracepoint list --help`.
std::vector<const char *> commandLine(int Count, char **Words) {
  std::vector<const char *> Result(Words, Words + Count);
  Result[0] = "tracepoint"; // messages begin with it
  if (Count >= 2 && !strcmp(Words[1], "help")) {
    Result.erase(Result.begin() + 1);
    Result.push_back("--help");
  }
  return Result;
}

bool isPidOption(StringRef Word) {
  if (!Word.consume_front("-"))
    return false;
  Word.consume_front("-");
  return Word.consume_front("p") &&
         (Word.empty() || Word == "id" || Word.starts_with("=") ||
          Word.starts_with("id="));
}

int snapshot() {
  const bool HasPid = SnapshotPid.getNumOccurrences() > 0;
  if (HasPid == !SnapshotSource.empty())
    return mistake("snapshot: name a recording, or a process with -p");
  return HasPid ? trace::snapshotProcess(static_cast<pid_t>(SnapshotPid),
                                         SnapshotOutput)
                : trace::snapshot(SnapshotSource, SnapshotOutput);
}

int list() {
  const bool HasPid = ListPid.getNumOccurrences() > 0;
  if (HasPid == !ListFiles.empty())
    return mistake("list: name files, or a process with -p");
  if (HasPid && ListCost)
    return mistake("list: --cost is of files, not of a process");
  return HasPid ? trace::listProcess(static_cast<pid_t>(ListPid), ListJson)
                : trace::list(std::vector<std::string>(ListFiles), ListJson,
                              ListCost);
}

int view() {
  if (ViewJson + ViewCsv + !ViewPerfetto.empty() > 1) {
    errs() << "tracepoint: view: --json, --csv and --perfetto exclude each "
              "other\n";
    return 2;
  }
  const trace::ViewForm Form = ViewJson  ? trace::ViewForm::Json
                               : ViewCsv ? trace::ViewForm::Csv
                               : !ViewPerfetto.empty()
                                   ? trace::ViewForm::Perfetto
                                   : trace::ViewForm::Text;
  return trace::view(ViewDirectory, Form, std::vector<std::string>(ViewEvents),
                     ViewPerfetto);
}

} // namespace

int main(int Count, char **Words) {
  for (cl::SubCommand *Command :
       {&cl::SubCommand::getTopLevel(), &ListCommand, &RunCommand,
        &RecordCommand, &EnableCommand, &DisableCommand, &RecoverCommand,
        &SnapshotCommand, &ViewCommand, &StatCommand})
    cl::HideUnrelatedOptions(Category, *Command);
  cl::SetVersionPrinter(printVersion);
  std::vector<const char *> Line = commandLine(Count, Words);
  const bool MayLackCommand = Count >= 2 && StringRef(Words[1]) == "record" &&
                              any_of(Line, isPidOption);
  if (MayLackCommand)
    Line.push_back(NoCommand);
  if (!cl::ParseCommandLineOptions(
          static_cast<int>(Line.size()), Line.data(),
          "trace points: list them in a file, run a program with them, read "
          "what was recorded\n",
          &errs()))
    return 2;
  if (ListCommand)
    return list();
  if (RunCommand) {
    std::vector<std::string> Command(RunArguments);
    Command.insert(Command.begin(), RunProgram);
    return trace::run(std::vector<std::string>(RunEvents), RunOutput, Command);
  }
  if (RecordCommand)
    return record(MayLackCommand);
  if (RecoverCommand)
    return trace::recoverCommand(std::vector<std::string>(RecoverDirectories));
  if (EnableCommand || DisableCommand)
    return trace::switchProcess(static_cast<pid_t>(SwitchPid),
                                std::vector<std::string>(SwitchEvents),
                                static_cast<bool>(EnableCommand));
  if (SnapshotCommand)
    return snapshot();
  if (ViewCommand)
    return view();
  if (StatCommand)
    return trace::stat(StatDirectory, std::vector<std::string>(StatEvents));
  errs() << "tracepoint: no command; see tracepoint --help\n";
  return 2;
}
