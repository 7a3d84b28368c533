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
static constexpr StringLiteral Target = "${1:l}";

/// "o", link-order: the entry lives and dies with the code under --gc-sections.
/// "?", in the code's COMDAT group: an entry of a discarded copy goes with it.
static std::string pushSection(StringRef Name, StringRef Flags) {
  return (".pushsection " + Name + ",\"" + Flags + "o?\",%progbits," + Label)
      .str();
}

static std::string instruction(const TargetFacts &Facts, bool Jump) {
  if (!Jump)
    return Facts.Nop.str();
  std::string Text = Facts.Jump.str();
  for (size_t At; (At = Text.find("$L")) != std::string::npos;)
    Text.replace(At, 2, Target.str());
  return Text;
}

/// A trace_jump_entry.
static void writeEntry(raw_ostream &OS, const TargetFacts &Facts, bool Branch) {
  OS << pushSection(TRACE_SECTION_JUMP_TABLE, "a") << '\n'
     << ".balign " << Facts.PointerBytes << '\n'
     << ".long " << Label << " - .\n"
     << ".long " << Target << " - .\n"
     << Facts.Pointer << ' ' << Key << (Branch ? " + 1" : "") << " - .\n"
     << ".popsection\n";
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

/// A trace_site.
static void writePlace(raw_ostream &OS, const Place &P) {
  uint64_t Bytes = alignTo(sizeof(trace_site) + P.File.size() + 1, 8);
  OS << pushSection(TRACE_SECTION_SITES, "") << '\n'
     << ".quad " << Label << '\n'
     << ".long " << Bytes << ", " << P.Line << '\n';
  writeText(OS, P.File);
  OS << ".zero " << Bytes - sizeof(trace_site) - P.File.size() - 1 << '\n'
     << ".popsection\n";
}

std::string sequence(const TargetFacts &Facts, const Site &S) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << Facts.Align << '\n'
     << Label << ":\n"
     << instruction(Facts, S.Jump)
     << '\n'
     // Two functions that differ in their keys alone must not be folded into
     // one (lld --icf=all, gold): a relocation of no bytes tells them apart.
     << ".reloc " << Label << ", BFD_RELOC_NONE, " << Key << '\n';
  writeEntry(OS, Facts, S.Branch);
  if (S.Where)
    writePlace(OS, *S.Where);
  return Text;
}

} // namespace trace
