//===- text.cpp - A recording as ftrace prints it -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// By the code that prints events in the process.
//
//===----------------------------------------------------------------------===//

#include "../../runtime/descriptor.h"
#include "../../runtime/line_head.h"
#include "../../runtime/render.h"
#include "exporter.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {
namespace {

class TextExporter : public Exporter {
public:
  TextExporter(const Recording &From, raw_ostream &To)
      : Clock(From.session()), To(To), Line(FirstBytes) {}

  void write(const Record &R) override {
    while (!writeInto(R))
      Line.resize_for_overwrite(Line.size() * 4);
  }

private:
  static constexpr size_t FirstBytes = 16UL * 1024;
  static constexpr size_t MostBytes = 64UL * 1024 * 1024;

  // False: the line is longer than there is room.
  bool writeInto(const Record &R) {
    TextBuffer Out(Line.data(), Line.size());
    StringRef Comm = R.In->comm();
    put_line_head(Out,
                  {{Comm.data(), Comm.size()},
                   static_cast<int>(R.In->Head.tid),
                   R.Cpu,
                   Clock.monotonic(R.Ticks)},
                  event_name(R.Of->descriptor()));
    render(R.Of->descriptor(), {R.Payload.data(), R.Payload.size()}, Out);
    if (Out.is_cut() && Line.size() < MostBytes)
      return false;
    To << StringRef(Out.text().data(), Out.text().size())
       << (Out.is_cut() ? "...\n" : "\n");
    return true;
  }

  const Session &Clock;
  raw_ostream &To;
  SmallVector<char, 0> Line;
};

} // namespace

std::unique_ptr<Exporter> makeTextExporter(const Recording &From,
                                           raw_ostream &To) {
  return std::make_unique<TextExporter>(From, To);
}

} // namespace trace
