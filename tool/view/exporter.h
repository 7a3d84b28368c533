//===- exporter.h - Forms in which a recording is printed -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_EXPORTER_H
#define TRACE_TOOL_VIEW_EXPORTER_H

#include "../recording/recording.h"
#include "llvm/Support/raw_ostream.h"

namespace trace {

/// Writes each record as it comes, and keeps none.
class Exporter {
public:
  virtual ~Exporter() = default;
  virtual void write(const recording::Record &R) = 0;
};

/// The lines of ftrace: "comm-tid [cpu] ..... seconds: name: message".
std::unique_ptr<Exporter> makeTextExporter(const recording::Recording &From,
                                           llvm::raw_ostream &To);

/// One JSON object a line.
std::unique_ptr<Exporter> makeJsonExporter(const recording::Recording &From,
                                           llvm::raw_ostream &To);

/// A line of column names, then one line a record. `Patterns`: which events'
/// fields are columns; empty: all.
std::unique_ptr<Exporter> makeCsvExporter(const recording::Recording &From,
                                          llvm::StringRef Patterns,
                                          llvm::raw_ostream &To);

/// Perfetto's own format, which is protobuf.
std::unique_ptr<Exporter> makePerfettoExporter(const recording::Recording &From,
                                               llvm::raw_ostream &To);

} // namespace trace

#endif
