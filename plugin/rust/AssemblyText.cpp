//===- AssemblyText.cpp - the compiler's assembly, made for reuse ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AssemblyText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace trace {

/// What an assembler writes once into a file: its name, the compiler, the
/// processor. The file that the text becomes a part of has its own.
static bool describesFile(StringRef Line) {
  static constexpr StringLiteral Directives[] = {
      ".file",       ".ident",         ".addrsig", ".eabi_attribute",
      ".attribute",  ".fpu",           ".cpu",     ".arch",
      ".abiversion", ".gnu_attribute", ".machine", ".module"};
  Line = Line.trim();
  return is_contained(Directives, Line.take_until(isSpace)) ||
         Line.contains("\".note.GNU-stack\"");
}

/// Replaces ".L", with which local labels begin, by \p Prefix outside of
/// strings.
static void writeLine(raw_ostream &OS, StringRef Line, StringRef Prefix) {
  bool Quoted = false;
  char Before = ' ';
  for (; !Line.empty(); Line = Line.drop_front()) {
    char C = Line.front();
    if (C == '"' && Before != '\\')
      Quoted = !Quoted;
    if (!Quoted && Line.starts_with(".L") && !isAlnum(Before) &&
        Before != '_' && Before != '.' && Before != '$') {
      OS << Prefix;
      Line = Line.drop_front();
      C = 'L';
    } else {
      OS << C;
    }
    // A backslash after a backslash escapes nothing.
    Before = C == '\\' && Before == '\\' ? ' ' : C;
  }
  OS << '\n';
}

std::string repeatable(StringRef Text, StringRef Guard) {
  std::string Prefix;
  raw_string_ostream(Prefix)
      << ".Ltrace_" << format_hex_no_prefix(xxh3_64bits(Guard), 16) << '_';
  std::string Result;
  raw_string_ostream OS(Result);
  OS << ".ifndef " << Guard << "\n.pushsection .text\n";
  for (StringRef Line : split(Text.rtrim(), '\n'))
    if (!describesFile(Line))
      writeLine(OS, Line, Prefix);
  OS << ".popsection\n.endif\n";
  return Result;
}

} // namespace trace
