//===- Sequence.cpp - the assembly text of a site -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sequence.h"
#include "trace/layout.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace trace {

// Unique in each emitted copy, so that inlined and unrolled sites have entries
// of their own.
static constexpr StringLiteral Label = ".Ltp${:uid}";
static constexpr StringLiteral Key = "${0:c}";

// The same in the body of an assembler's macro: `\+` counts its uses.
static constexpr StringLiteral MacroLabel = R"(.Ltr\+)";
static constexpr StringLiteral MacroKey = R"(\key)";

/// How the text names the operands.
struct Operands {
  std::string Key; ///< With its low bits.
  StringRef OtherSide = "${1:l}";
  StringRef Label = trace::Label;
  StringRef BareKey = trace::Key;
};

/// "o", link-order: the entry lives and dies with the code under --gc-sections.
/// "?", in the code's COMDAT group: an entry of a discarded copy goes with it.
static std::string pushSection(StringRef Name, StringRef Flags, StringRef Label,
                               StringRef Type = "progbits") {
  return (".pushsection " + Name + ",\"" + Flags + "o?\",%" + Type + "," +
          Label)
      .str();
}

static std::string instruction(std::string_view Template, const Operands &O) {
  std::string Text(Template);
  for (size_t At; (At = Text.find("$L")) != std::string::npos;)
    Text.replace(At, 2, O.OtherSide.str());
  return Text;
}

static void writeLine(raw_ostream &OS, StringRef Line) {
  if (!Line.empty())
    OS << Line << '\n';
}

static StringRef directive(unsigned Bytes) {
  return Bytes == 8 ? ".8byte " : ".4byte ";
}

static Operands operandsOf(const Site &S) {
  return {S.KeyBits ? (Key + " + " + Twine(S.KeyBits)).str() : Key.str()};
}

static Operands linuxOperands(const LinuxTarget &Abi, const Site &S) {
  Operands O = operandsOf(S);
  if (Abi.branch_operand)
    O = {O.Key + " + ${1:c}", "${2:l}"};
  return O;
}

/// A trace_jump_entry, or a struct jump_entry of Linux in its relative form.
static void writeRelativeEntry(raw_ostream &OS, const Operands &O,
                               unsigned AddressBytes) {
  OS << ".4byte " << O.Label << " - .\n"
     << ".4byte " << O.OtherSide << " - .\n"
     << directive(AddressBytes) << O.Key << " - .\n";
}

static void writeAbsoluteEntry(raw_ostream &OS, const Operands &O,
                               unsigned Bytes) {
  OS << directive(Bytes) << Label << '\n'
     << directive(Bytes) << O.OtherSide << '\n'
     << directive(Bytes) << O.Key << '\n';
}

/// Every character as an octal escape: neither the assembler nor the inline
/// assembly's `$`, `{` and `|` then mean anything.
static void writeText(raw_ostream &OS, StringRef Text) {
  OS << ".asciz \"";
  for (unsigned char C : Text)
    if (isAlnum(C) || C == '.' || C == '/' || C == '_' || C == '-')
      OS << C;
    else
      OS << format("\\%03o", C);
  OS << "\"\n";
}

/// A trace_site, whose address has 8 bytes on every target.
static void writePlace(raw_ostream &OS, const Site &S, bool BigEndian) {
  const Place &P = *S.Where;
  uint64_t Bytes = alignTo(sizeof(trace_site) + P.File.size() + 1, 8);
  OS << pushSection(TRACE_SECTION_SITES, "", Label) << '\n';
  bool Narrow = S.AddressBytes == 4;
  if (Narrow && BigEndian)
    OS << ".4byte 0\n";
  OS << directive(S.AddressBytes) << Label << '\n';
  if (Narrow && !BigEndian)
    OS << ".4byte 0\n";
  OS << ".4byte " << Bytes << ", " << P.Line << '\n';
  writeText(OS, P.File);
  OS << ".zero " << Bytes - sizeof(trace_site) - P.File.size() - 1 << '\n'
     << ".popsection\n";
}

static void writeSequence(raw_ostream &OS, const Target &T, const Site &S,
                          const Operands &O) {
  writeLine(OS, T.align);
  OS << O.Label << ":\n" << instruction(S.Jump ? T.jump : T.nop, O) << '\n';
  // Two functions that differ in their keys alone must not be folded into one
  // (lld --icf=all, gold): a relocation of no bytes tells them apart.
  if (T.reloc_none)
    OS << ".reloc " << O.Label << ", BFD_RELOC_NONE, " << O.BareKey << '\n';
  OS << pushSection(TRACE_SECTION_JUMP_TABLE, "a", O.Label) << '\n'
     << ".balign " << S.AddressBytes << '\n';
  writeRelativeEntry(OS, O, S.AddressBytes);
  OS << ".popsection\n";
}

std::string sequence(const Target &T, const Site &S) {
  std::string Text;
  raw_string_ostream OS(Text);
  writeSequence(OS, T, S, operandsOf(S));
  if (S.Where)
    writePlace(OS, S, S.BigEndian);
  return Text;
}

std::string macroSequence(const Target &T, const Site &S) {
  std::string Text;
  raw_string_ostream OS(Text);
  writeSequence(OS, T, S, {MacroKey.str(), R"(\other)", MacroLabel, MacroKey});
  return Text;
}

std::string probeSequence(const Target &T, const ProbeNote &N) {
  std::string Text;
  raw_string_ostream OS(Text);
  StringRef Address = directive(N.AddressBytes);
  OS << ".Ltu${:uid}:\n"
     << T.probe_nop << '\n'
     << pushSection(".note.stapsdt", "", ".Ltu${:uid}", "note") << '\n'
     << ".balign 4\n"
     << ".4byte 8, .Ltv${:uid} - .Ltw${:uid}, 3\n"
     << ".asciz \"stapsdt\"\n"
     << ".Ltw${:uid}:\n"
     << Address << ".Ltu${:uid}\n"
     << Address << N.Base << '\n'
     << Address << "0\n"; // no semaphore
  writeText(OS, N.Provider);
  writeText(OS, N.Name);
  OS << ".asciz \"" << N.Arguments << "\"\n"
     << ".Ltv${:uid}:\n"
     << ".balign 4\n"
     << ".popsection\n";
  return Text;
}

std::string linuxSequence(const Target &T, const Site &S) {
  const LinuxTarget &Abi = T.linux_abi;
  if (Abi.nop.empty())
    return {};
  unsigned Bytes = Abi.address_bytes ? Abi.address_bytes : S.AddressBytes;
  Operands O = linuxOperands(Abi, S);
  std::string Text;
  raw_string_ostream OS(Text);
  writeLine(OS, Abi.align);
  OS << Label << ":\n"
     << instruction(S.Jump ? Abi.jump : Abi.nop, O) << '\n'
     << ".pushsection " TRACE_SECTION_JUMP_TABLE ",\"aw\"\n";
  if (Abi.table_aligned)
    OS << ".balign " << Bytes << '\n';
  if (Abi.relative)
    writeRelativeEntry(OS, O, S.AddressBytes);
  else
    writeAbsoluteEntry(OS, O, Bytes);
  OS << ".popsection\n";
  return Text;
}

} // namespace trace
