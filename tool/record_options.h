//===- record_options.h - Options of a recording ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORD_OPTIONS_H
#define TRACE_TOOL_RECORD_OPTIONS_H

#include "record.h"
#include "trace/recording.h"
#include "llvm/ADT/StringRef.h"

namespace trace {

/// Puts the request's sizes and flags into the session. False, with a message,
/// if one is wrong.
bool readRecordOptions(const RecordRequest &Request, trace_session &Session);

/// NAME-YYYYMMDD-HHMMSS.trace
std::string defaultRecording(llvm::StringRef Command);

} // namespace trace

#endif
