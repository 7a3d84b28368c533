//===- list.cpp - tracepoint list -p --------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../list.h"
#include "../output.h"
#include "commands.h"
#include "process.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace trace {
namespace {

struct Purpose {
  uint32_t Bit;
  const char *Name;
};
constexpr Purpose Purposes[] = {{TRACE_WANTED_RECORD, "record"},
                                {TRACE_WANTED_TEXT, "text"},
                                {TRACE_WANTED_PROBES, "probe"},
                                {TRACE_WANTED_SNAPSHOT, "snapshot"}};

std::vector<StringRef> purposesOf(const trace_key &Key) {
  std::vector<StringRef> Names;
  for (const Purpose &Each : Purposes)
    if (Key.enabled > 0 && (Key.wanted & Each.Bit))
      Names.push_back(Each.Name);
  return Names;
}

Error print(const AttachedProcess &Process) {
  for (const LiveImage &Image : Process.Images) {
    if (Process.Images.size() > 1)
      outs() << printable(Image.Name) << ":\n";
    for (const LiveEvent &Event : Image.Events) {
      Expected<trace_key> Key = Process.key(Event);
      if (!Key)
        return Key.takeError();
      outs() << toText(Event.Described);
      if (Key->enabled <= 0)
        outs() << " off";
      else
        outs() << " on";
      for (StringRef Name : purposesOf(*Key))
        outs() << ' ' << Name;
      outs() << '\n';
    }
  }
  return Error::success();
}

Error printJson(const AttachedProcess &Process) {
  json::OStream J(outs(), 2);
  Error Bad = Error::success();
  J.array([&] {
    for (const LiveImage &Image : Process.Images)
      for (const LiveEvent &Event : Image.Events) {
        Expected<trace_key> Key = Process.key(Event);
        if (!Key) {
          Bad = joinErrors(std::move(Bad), Key.takeError());
          return;
        }
        writeJson(J, Event.Described, Image.Name, [&] {
          J.attribute("enabled", Key->enabled > 0);
          J.attributeArray("wanted", [&] {
            for (StringRef Name : purposesOf(*Key))
              J.value(Name);
          });
        });
      }
  });
  outs() << "\n";
  return Bad;
}

} // namespace

int listProcess(pid_t Pid, bool AsJson) {
  auto Process = AttachedProcess::open(Pid);
  if (!Process) {
    errs() << "tracepoint: " << toString(Process.takeError()) << "\n";
    return 1;
  }
  for (const std::string &Why : (*Process)->Refused)
    errs() << "tracepoint: " << Why << "\n";
  if (Error E = AsJson ? printJson(**Process) : print(**Process)) {
    errs() << "tracepoint: process " << Pid << ": " << toString(std::move(E))
           << "\n";
    return 1;
  }
  return finishOutput(outs(), "") && (*Process)->Refused.empty() ? 0 : 1;
}

} // namespace trace
