//===- symbol.cpp - Names of functions as their source has them -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM demangles Itanium's names and Rust's newer ones ("v0"). Rust's older
// ones, which its stable compilers make, are Itanium's to LLVM: what they add,
// a hash as the last component and escapes for what Itanium has no letters for,
// is read here (rustc_symbol_mangling/src/legacy.rs).
//
//===----------------------------------------------------------------------===//

#include "symbol.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Support/ConvertUTF.h"

using namespace llvm;

namespace trace {

static constexpr size_t HashDigits = 16;

/// \p Name without its last component, if that is a hash of Rust's.
static bool dropRustHash(StringRef &Name) {
  auto [Path, Hash] = Name.rsplit("::");
  if (Path.size() == Name.size() || !Hash.consume_front("h") ||
      Hash.size() != HashDigits || !all_of(Hash, isHexDigit))
    return false;
  Name = Path;
  return true;
}

/// What stands between two '$'; empty if nothing known does.
static std::string unescape(StringRef Code) {
  static constexpr std::pair<StringLiteral, StringLiteral> Known[] = {
      {"SP", "@"}, {"BP", "*"}, {"RF", "&"}, {"LT", "<"},
      {"GT", ">"}, {"LP", "("}, {"RP", ")"}, {"C", ","}};
  for (const auto &[Name, Text] : Known)
    if (Code == Name)
      return Text.str();
  uint32_t Character = 0;
  if (!Code.consume_front("u") || Code.getAsInteger(16, Character))
    return {};
  char Bytes[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *End = Bytes;
  if (!ConvertCodePointToUTF8(Character, End))
    return {};
  return std::string(Bytes, End);
}

static std::string decodeRust(StringRef Name) {
  std::string Result;
  // A component never begins with an escape: an underscore stands before it.
  if (Name.starts_with("_$"))
    Name = Name.drop_front();
  while (!Name.empty()) {
    if (Name.consume_front("..")) {
      Result += "::";
      continue;
    }
    if (Name.consume_front("::")) {
      Result += "::";
      if (Name.starts_with("_$"))
        Name = Name.drop_front();
      continue;
    }
    size_t End = Name.front() == '$' ? Name.find('$', 1) : StringRef::npos;
    std::string Text =
        End == StringRef::npos ? "" : unescape(Name.slice(1, End));
    Result += Text.empty() ? std::string(1, Name.front()) : Text;
    Name = Name.drop_front(Text.empty() ? 1 : End + 1);
  }
  return Result;
}

std::string sourceName(StringRef Symbol) {
  // A local function that LTO has renamed.
  std::string Name = demangle(Symbol.split(".llvm.").first);
  StringRef Path = Name;
  if (Symbol.starts_with("_ZN") && dropRustHash(Path))
    return decodeRust(Path);
  return Name;
}

} // namespace trace
