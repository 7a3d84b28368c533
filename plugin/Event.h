//===- Event.h - an event, as its declaration says it ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the front end knows of a trace point and the IR passes need. It travels
// from one to the other as text in the IR, so that the passes work the same in
// clang, in opt and on bitcode.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EVENT_H
#define TRACE_PLUGIN_EVENT_H

#include "trace/layout.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace trace {

struct Enumerator {
  std::string Name;
  int64_t Value = 0;
};

struct Field {
  std::string Name;
  std::string Type; ///< As the source spells it.
  trace_field_kind Kind = TRACE_FIELD_INTEGER;
  uint64_t Size = 0; ///< Bytes in a record's payload.
  bool Signed = false;
  bool Implicit = false; ///< `this`.
  uint64_t Argument = 0; ///< Index among the declared parameters.
  std::vector<Enumerator> Enumerators;
};

struct Event {
  std::string System;
  std::string Name;
  std::optional<std::string> Format;
  std::string File; ///< Of the declaration.
  uint64_t Line = 0;
  bool Traced = false;    ///< A function with a body; its entry is the site.
  bool Internal = false;  ///< Not visible outside its translation unit.
  bool Immediate = false; ///< Its checks leave no loop.
  std::vector<Field> Fields;
};

std::string toText(const Event &E);
llvm::Expected<Event> fromText(llvm::StringRef Text);

/// Names of the annotations (`llvm.global.annotations` and, for a parameter,
/// `llvm.var.annotation`) that carry a declaration's attributes into the IR.
namespace carrier {
/// What the user wrote: "trace.declared:" or, by #pragma clang attribute,
/// "trace.pragma:"; then "=" and the format, if one was given.
inline constexpr llvm::StringLiteral Declared = "trace.declared:";
inline constexpr llvm::StringLiteral Pragma = "trace.pragma:";
/// The system's name.
inline constexpr llvm::StringLiteral System = "trace.system:";
/// [[trace::immediate]].
inline constexpr llvm::StringLiteral Immediate = "trace.immediate";
/// The whole Event, as text; made when the declaration's meaning is known.
inline constexpr llvm::StringLiteral Event = "trace.event:";
/// On each parameter. Clang marks the place of each with it, in their order.
inline constexpr llvm::StringLiteral Parameter = "trace.parameter";
/// The form of a static branch: "nop", "jump" or "event".
inline constexpr llvm::StringLiteral Branch = "trace.branch:";
/// On a function in IR that is written out before the passes ran. It makes a
/// call that is an error to compile; the passes take it away.
inline constexpr llvm::StringLiteral Unfinished = "trace.unfinished";
} // namespace carrier

} // namespace trace

#endif
