//===- Call.cpp - how Rust's assembly calls a thunk -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Call.h"
#include "trace/targets.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/TargetParser/AArch64TargetParser.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace trace {

using Registers = SmallVector<StringRef, 8>;

static Registers listed(std::string_view Names) {
  Registers Result;
  SplitString(StringRef(Names), Result);
  return Result;
}

static Registers lostRegisters(const RustTarget &T) {
  Registers Lost = listed(T.Row->rust_lost);
  Triple Target(T.Triple);
  if (Target.isAArch64() && AArch64::isX18ReservedByDefault(Target))
    erase(Lost, "x18"); // rustc doesn't know it, and no function touches it
  return Lost;
}

/// The operand for an argument in \p Register.
static std::string argument(const RustParameter &P, StringRef Register,
                            bool IsLost) {
  std::string Value = P.Argument + " as " + P.RegisterType;
  return IsLost ? ("inlateout(\"" + Register + "\") " + Value + " => _,").str()
                : ("in(\"" + Register + "\") " + Value + ",").str();
}

/// An operand for each, as many to a line as fit.
static std::vector<std::string> lost(ArrayRef<StringRef> Registers) {
  constexpr size_t LineWidth = 72;
  std::vector<std::string> Lines;
  for (StringRef Register : Registers) {
    std::string One = ("lateout(\"" + Register + "\") _,").str();
    if (Lines.empty() || Lines.back().size() + 1 + One.size() > LineWidth)
      Lines.push_back(One);
    else
      Lines.back() += " " + One;
  }
  return Lines;
}

std::optional<std::vector<std::string>> callOperands(const RustEvent &E,
                                                     const RustTarget &T) {
  if (!T.Row || T.Row->rust_call.empty() || !E.Parts.KeepsRegisters)
    return std::nullopt;
  Registers Lost = lostRegisters(T);
  Registers Integers = listed(T.Row->argument_registers);
  Registers Floats = listed(T.Row->float_registers);
  Registers Free = Integers;
  append_range(Free, Floats);
  erase_if(Free, [&](StringRef R) { return !is_contained(Lost, R); });

  ArrayRef<StringRef> IntegersLeft = Integers, FloatsLeft = Floats;
  std::vector<std::string> Lines;
  for (const RustParameter &P : E.Parameters) {
    ArrayRef<StringRef> &Left = P.isFloat() ? FloatsLeft : IntegersLeft;
    if (Left.empty())
      return std::nullopt;
    StringRef Register = Left.front();
    Left = Left.drop_front();
    erase(Free, Register);
    Lines.push_back(argument(P, Register, is_contained(Lost, Register)));
  }
  append_range(Lines, lost(Free));
  return Lines;
}

std::vector<std::string> lostOperands(const RustTarget &T) {
  Registers Others = lostRegisters(T);
  for (std::string_view Names :
       {T.Row->argument_registers, T.Row->float_registers})
    for (StringRef Argument : listed(Names))
      erase(Others, Argument);
  return lost(Others);
}

} // namespace trace
