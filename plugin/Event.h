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

/// From the place of a parameter to a value in it or behind it: offsets in
/// bytes. After each but the last a pointer is loaded, from which the next
/// counts.
using Path = std::vector<uint64_t>;

/// How a sequence that lies in its own object while it is short says that, as
/// libc++'s std::string does.
struct ShortForm {
  Path HeadAt; ///< A byte.
  /// The bits of it, of which one is set if the sequence is long.
  uint64_t LongMask = 0;
  uint64_t LengthShift = 0, LengthMask = 0; ///< In it: how many elements.
  Path DataAt;                              ///< Where they are.
};

enum class Shape {
  One,      ///< A value, or a string that a NUL ends.
  Array,    ///< Of a fixed length: elements, or characters up to a NUL.
  Sequence, ///< Of a length that a value says.
};

/// A field is recorded from one value: itself, or the address of what it has
/// several of; and a sequence from its length, too.
struct Field {
  std::string Name;
  std::string Type;                            ///< As the source spells it.
  trace_field_kind Kind = TRACE_FIELD_INTEGER; ///< Of an element.
  uint64_t Size = 0; ///< Of it in a record's payload, in bytes.
  bool Signed = false;
  bool Implicit = false; ///< `this`.
  bool Bits = false;     ///< The enumerators are bits.
  uint64_t Argument = 0; ///< Index among the declared parameters.
  std::vector<Enumerator> Enumerators;
  Shape Form = Shape::One;
  uint64_t Count = 0;   ///< Of elements; of a sequence, at most.
  Path At = {0};        ///< Of the value.
  bool InPlace = false; ///< An array: it is there, not a pointer to it.
  /// Of a sequence: the field that is its length, or, as an unsigned word that
  /// is no field, where it is.
  std::optional<uint64_t> LengthField;
  Path LengthAt;
  /// Of a sequence: what else there may be instead of At and LengthAt.
  std::optional<ShortForm> Short;
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
  /// Of an event: its parameters are not the values of its fields, which are
  /// found in the parameters' places. So it has a body for these.
  bool Placed = false;
  std::vector<Field> Fields;
};

/// Bytes of a record that the field always takes: all of them, or its head.
uint64_t fixedBytes(const Field &F);

/// How many values the field is recorded from, without a length that is another
/// field.
unsigned valueCount(const Field &F);

/// The number of the first of them among all of the event's.
unsigned firstValue(const Event &E, size_t Field);

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
/// [[trace::bytes("length")]] and [[trace::flags]] or [[trace::flags("enum")]].
inline constexpr llvm::StringLiteral Bytes = "trace.bytes:";
inline constexpr llvm::StringLiteral Flags = "trace.flags:";
/// On an event that was given a body for its parameters' places.
inline constexpr llvm::StringLiteral Placed = "trace.placed";
/// Of all.
inline constexpr llvm::StringLiteral Prefix = "trace.";
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
