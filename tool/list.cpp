//===- list.cpp - tracepoint list -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "list.h"
#include "input_file.h"
#include "output.h"
#include "trace/layout.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace trace {
namespace {

struct Listing {
  std::string Path;
  std::vector<Event> Events;
};

std::string quoted(StringRef Text) {
  std::string Escaped;
  for (char C : Text) {
    if (C == '"' || C == '\\')
      Escaped += '\\';
    Escaped += C;
  }
  return '"' + printable(Escaped) + '"';
}

// When the event's USDT probe fires; empty: it has none.
StringRef usdtOf(const Event &E) {
  if (E.Flags & TRACE_EVENT_USDT_SITE)
    return "always";
  return E.Flags & TRACE_EVENT_USDT ? "while enabled" : "";
}

json::Value textOrNull(StringRef Text) {
  if (Text.empty())
    return nullptr;
  return json::fixUTF8(Text);
}

void write(json::OStream &J, const Field &F) {
  J.object([&] {
    J.attribute("name", json::fixUTF8(F.Name));
    J.attribute("type", json::fixUTF8(F.Type));
    J.attribute("size", F.Size);
    J.attribute("signed", F.Signed);
  });
}

void write(json::OStream &J, const SiteCost &C) {
  J.attribute("hot_bytes", C.HotBytes);
  J.attribute("hot_instructions", C.HotInstructions);
  J.attribute("slow_bytes", C.SlowBytes);
  J.attribute("slow_instructions", C.SlowInstructions);
  J.attribute("entry_bytes", C.EntryBytes);
  J.attribute("thunk_bytes",
              C.ThunkBytes ? json::Value(C.ThunkBytes) : nullptr);
  J.attribute("in_loop", C.InLoop);
}

void write(json::OStream &J, const Site &S) {
  J.object([&] {
    J.attribute("address", S.Address);
    J.attribute("function", textOrNull(S.Function));
    J.attribute("file", S.Line ? textOrNull(S.Line->first) : nullptr);
    J.attribute("line", S.Line ? json::Value(S.Line->second) : nullptr);
    if (!S.Member.empty())
      J.attribute("member", json::fixUTF8(S.Member));
    if (S.Cost)
      J.attributeObject("cost", [&] { write(J, *S.Cost); });
  });
}

} // namespace

void writeJson(json::OStream &J, const Event &E, StringRef Image,
               function_ref<void()> More) {
  J.object([&] {
    J.attribute("image", json::fixUTF8(Image));
    J.attribute("system", json::fixUTF8(E.System));
    J.attribute("name", json::fixUTF8(E.Name));
    J.attributeArray("fields", [&] {
      for (const Field &F : E.Fields)
        write(J, F);
    });
    J.attribute("format",
                E.Format ? json::Value(json::fixUTF8(*E.Format)) : nullptr);
    J.attribute("file", textOrNull(E.File));
    J.attribute("line", E.File.empty() ? json::Value(nullptr) : E.Line);
    StringRef Usdt = usdtOf(E);
    J.attribute("usdt", textOrNull(Usdt));
    J.attribute("descriptor_bytes", E.DescriptorBytes);
    J.attributeArray("sites", [&] {
      for (const Site &S : E.Sites)
        write(J, S);
    });
    More();
  });
}

std::string toText(const Event &E) {
  std::string Result;
  raw_string_ostream OS(Result);
  OS << printable(E.System) << ':' << printable(E.Name) << '(';
  ListSeparator Comma;
  for (const Field &F : E.Fields) {
    bool EndsInName =
        !F.Type.empty() && F.Type.back() != '*' && F.Type.back() != '&';
    OS << Comma << printable(F.Type) << (EndsInName ? " " : "")
       << printable(F.Name);
  }
  OS << ") " << (E.Format ? quoted(*E.Format) : "-") << ' ' << E.Sites.size()
     << (E.Sites.size() == 1 ? " site " : " sites ");
  if (E.File.empty())
    OS << '-';
  else
    OS << printable(E.File) << ':' << E.Line;
  if (StringRef Usdt = usdtOf(E); !Usdt.empty())
    OS << " (usdt " << Usdt << ')';
  return Result;
}

static std::string toText(const Site &S, const SiteCost &C) {
  std::string Result;
  raw_string_ostream OS(Result);
  OS << "0x" << Twine::utohexstr(S.Address) << ' '
     << (S.Function.empty() ? "-" : printable(S.Function)) << ' ';
  if (S.Line)
    OS << printable(S.Line->first) << ':' << S.Line->second;
  else
    OS << '-';
  OS << ": fast path " << C.HotBytes << " bytes, " << C.HotInstructions
     << (C.HotInstructions == 1 ? " instruction" : " instructions")
     << (C.InLoop ? " at each pass of a loop" : "") << "; slow path "
     << C.SlowBytes << " bytes, " << C.SlowInstructions
     << " instructions; entry " << C.EntryBytes << " bytes";
  return Result;
}

static void printText(ArrayRef<Listing> Listings) {
  for (const Listing &L : Listings) {
    if (Listings.size() > 1)
      outs() << L.Path << ":\n";
    for (const Event &E : L.Events) {
      outs() << toText(E) << "\n";
      for (const Site &S : E.Sites)
        if (S.Cost)
          outs() << "  " << toText(S, *S.Cost) << "\n";
    }
  }
}

static void printJson(ArrayRef<Listing> Listings) {
  json::OStream J(outs(), 2);
  J.array([&] {
    for (const Listing &L : Listings)
      for (const Event &E : L.Events)
        writeJson(J, E, L.Path);
  });
  outs() << "\n";
}

int list(ArrayRef<std::string> Paths, bool AsJson, bool WithCost) {
  std::vector<Listing> Listings;
  bool AllRead = true;
  for (const std::string &Path : Paths) {
    Expected<std::vector<Event>> Events = readInputFile(Path, WithCost);
    if (!Events) {
      errs() << "tracepoint: " << toString(Events.takeError()) << "\n";
      AllRead = false;
      continue;
    }
    if (Events->empty())
      errs() << "tracepoint: " << Path << ": no trace points\n";
    Listings.push_back({Path, std::move(*Events)});
  }
  if (AsJson)
    printJson(Listings);
  else
    printText(Listings);
  return finishOutput(outs(), "") && AllRead ? 0 : 1;
}

} // namespace trace
