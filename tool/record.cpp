//===- record.cpp - tracepoint record -------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "record.h"
#include "../runtime/error.h"
#include "../runtime/recording/session.h"
#include "progress.h"
#include "record_options.h"
#include "run.h"
#include "trace/recording.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

/// Makes the directory and its session. 0 or an exit status.
int makeSession(StringRef Directory, trace_session &Session) {
  // 10 ms give 0.04 ppm; the program does not wait for it again.
  constexpr unsigned CalibrationMicroseconds = 10'000;
  std::string Path = Directory.str();
  if (::mkdir(Path.c_str(), 0700) != 0 && errno != EEXIST) {
    message() << Directory << ": " << std::strerror(errno) << "\n";
    return OwnFailure;
  }
  if (session_check_directory((Path + "/").c_str())) {
    message() << error_text() << "\n";
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

} // namespace

int record(const RecordRequest &Request) {
  trace_session Session = session_defaults();
  if (!readRecordOptions(Request, Session))
    return UsageMistake;
  std::string Directory = Request.Directory.empty()
                              ? defaultRecording(Request.Command.front())
                              : Request.Directory;
  StringRef Name = StringRef(Directory).rtrim('/');
  std::string Path;
  if (int Status = prepareProgram(
          {Request.Patterns, Request.Snapshots, (Name + "/").str()},
          Request.Command, Path))
    return Status;
  if (int Status = makeSession(Name, Session))
    return Status;
  LiveLine Line(Name, Request.Quiet);
  int Status = runChild(Path, Request, Line);
  bool Good = finishRecording(Name, Request.Quiet);
  return Status == 0 && !Good ? OwnFailure : Status;
}

} // namespace trace
