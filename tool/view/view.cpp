//===- view.cpp - tracepoint view -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "view.h"
#include "../output.h"
#include "../recording/merge.h"
#include "exporter.h"
#include "open.h"
#include "selection.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {
namespace {

constexpr size_t OutputBytes = 64UL * 1024; // written at once

std::unique_ptr<Exporter> makeExporter(ViewForm Form, const Recording &From,
                                       StringRef Patterns, raw_ostream &To) {
  switch (Form) {
  case ViewForm::Text:
    return makeTextExporter(From, To);
  case ViewForm::Json:
    return makeJsonExporter(From, To);
  case ViewForm::Csv:
    return makeCsvExporter(From, Patterns, To);
  case ViewForm::Perfetto:
    return makePerfettoExporter(From, To);
  }
  llvm_unreachable("a form without an exporter");
}

void print(const Recording &From, ViewForm Form, StringRef Patterns,
           raw_fd_ostream &To) {
  To.SetBufferSize(OutputBytes);
  const Selection Selected(From, Patterns);
  std::unique_ptr<Exporter> Out = makeExporter(Form, From, Patterns, To);
  Merge Merged(From);
  // A full disk ends it early.
  while (const Record *R = To.has_error() ? nullptr : Merged.next())
    if (Selected.contains(*R->Of))
      Out->write(*R);
}

} // namespace

int view(StringRef Directory, ViewForm Form, ArrayRef<std::string> Patterns,
         StringRef Output) {
  if (!checkPatterns(Patterns))
    return 2;
  Warnings Found;
  std::optional<Recording> From = openRecording(Directory, Found);
  if (!From)
    return 1;
  const std::string List = join(Patterns, ",");
  bool Written;
  if (Output.empty()) {
    print(*From, Form, List, outs());
    Written = finishOutput(outs(), "");
  } else {
    std::error_code Error;
    raw_fd_ostream To(Output, Error);
    if (Error) {
      errs() << "tracepoint: " << Output << ": " << Error.message() << "\n";
      return 1;
    }
    print(*From, Form, List, To);
    Written = finishOutput(To, Output);
  }
  Found.finish();
  printLost(*From);
  return Written && !Found.any() ? 0 : 1;
}

} // namespace trace
