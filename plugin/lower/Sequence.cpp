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
static constexpr StringLiteral OtherSide = "${1:l}";

/// "o", link-order: the entry lives and dies with the code under --gc-sections.
/// "?", in the code's COMDAT group: an entry of a discarded copy goes with it.
static std::string pushSection(StringRef Name, StringRef Flags) {
  return (".pushsection " + Name + ",\"" + Flags + "o?\",%progbits," + Label)
      .str();
}

static std::string instruction(std::string_view Template) {
  std::string Text(Template);
  for (size_t At; (At = Text.find("$L")) != std::string::npos;)
    Text.replace(At, 2, OtherSide.str());
  return Text;
}

static void writeLine(raw_ostream &OS, StringRef Line) {
  if (!Line.empty())
    OS << Line << '\n';
}

static StringRef directive(unsigned Bytes) {
  return Bytes == 8 ? ".8byte " : ".4byte ";
}

static std::string key(const Site &S) {
  return S.KeyBits ? (Key + " + " + Twine(S.KeyBits)).str() : Key.str();
}

/// A trace_jump_entry, or a struct jump_entry of Linux in its relative form.
static void writeRelativeEntry(raw_ostream &OS, const Site &S) {
  OS << ".4byte " << Label << " - .\n"
     << ".4byte " << OtherSide << " - .\n"
     << directive(S.AddressBytes) << key(S) << " - .\n";
}

static void writeAbsoluteEntry(raw_ostream &OS, const Site &S, unsigned Bytes) {
  OS << directive(Bytes) << Label << '\n'
     << directive(Bytes) << OtherSide << '\n'
     << directive(Bytes) << key(S) << '\n';
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
  OS << pushSection(TRACE_SECTION_SITES, "") << '\n';
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

std::string sequence(const Target &T, const Site &S) {
  std::string Text;
  raw_string_ostream OS(Text);
  writeLine(OS, T.align);
  OS << Label << ":\n" << instruction(S.Jump ? T.jump : T.nop) << '\n';
  // Two functions that differ in their keys alone must not be folded into one
  // (lld --icf=all, gold): a relocation of no bytes tells them apart.
  if (T.reloc_none)
    OS << ".reloc " << Label << ", BFD_RELOC_NONE, " << Key << '\n';
  OS << pushSection(TRACE_SECTION_JUMP_TABLE, "a") << '\n'
     << ".balign " << S.AddressBytes << '\n';
  writeRelativeEntry(OS, S);
  OS << ".popsection\n";
  if (S.Where)
    writePlace(OS, S, S.BigEndian);
  return Text;
}

std::string linuxSequence(const Target &T, const Site &S) {
  const LinuxTarget &Abi = T.linux_abi;
  if (Abi.nop.empty())
    return {};
  unsigned Bytes = Abi.address_bytes ? Abi.address_bytes : S.AddressBytes;
  std::string Text;
  raw_string_ostream OS(Text);
  writeLine(OS, Abi.align);
  OS << Label << ":\n"
     << instruction(S.Jump ? Abi.jump : Abi.nop) << '\n'
     << ".pushsection " TRACE_SECTION_JUMP_TABLE ",\"aw\"\n";
  if (Abi.table_aligned)
    OS << ".balign " << Bytes << '\n';
  if (Abi.relative)
    writeRelativeEntry(OS, S);
  else
    writeAbsoluteEntry(OS, S, Bytes);
  OS << ".popsection\n";
  return Text;
}

} // namespace trace
