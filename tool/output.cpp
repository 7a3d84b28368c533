//===- output.cpp - What commands print -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace trace {

std::string printable(StringRef Text) {
  std::string Result;
  raw_string_ostream OS(Result);
  for (unsigned char C : json::fixUTF8(Text)) {
    if (C == '\n')
      OS << "\\n";
    else if (C == '\t')
      OS << "\\t";
    else if (C < 0x20 || C == 0x7f)
      OS << "\\x" << hexdigit(C >> 4, true) << hexdigit(C & 15, true);
    else
      OS << static_cast<char>(C);
  }
  return Result;
}

bool finishOutput(raw_fd_ostream &To, StringRef Name) {
  To.flush();
  if (!To.has_error())
    return true;
  errs() << "tracepoint: cannot write" << (Name.empty() ? "" : " ") << Name
         << ": " << To.error().message() << "\n";
  To.clear_error();
  return false;
}

} // namespace trace
