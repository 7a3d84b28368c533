//===- flags_text.h - A set of bits by their names --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_FLAGS_TEXT_H
#define TRACE_TOOL_VIEW_FLAGS_TEXT_H

#include "../../runtime/value.h"
#include <string>

namespace trace {

/// As text has it: A|B|0x8.
inline std::string flagsText(const trace_event &Of, const Value &V) {
  constexpr size_t BytesMax = 4096;
  std::string Text(BytesMax, '\0');
  TextBuffer Out(Text.data(), Text.size());
  put_flags(Out, Of, V);
  Text.resize(Out.text().size());
  return Text;
}

} // namespace trace

#endif
