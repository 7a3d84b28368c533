//===- event.cpp - The events that a file describes -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Joins the three tables: an event and a site share a key, a site and its line
// in the source share an address.
//
//===----------------------------------------------------------------------===//

#include "event.h"
#include "symbol.h"
#include "trace/layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/DataExtractor.h"
#include <map>

using namespace llvm;

namespace trace {
namespace {

struct JumpEntry {
  uint64_t Code, Target, Key;
};

using Lines = std::map<uint64_t, std::pair<std::string, uint32_t>>;

Error readJumpTable(const ElfImage &Image, const Range &Table,
                    std::vector<JumpEntry> &Entries) {
  const uint64_t EntryBytes = 8 + Image.AddressBytes;
  if (Table.Bytes.size() % EntryBytes != 0)
    return failure("damaged " TRACE_SECTION_JUMP_TABLE ": its size, " +
                   Twine(Table.Bytes.size()) + ", is not a multiple of " +
                   Twine(EntryBytes));
  DataExtractor Data(Table.Bytes, Image.LittleEndian, Image.AddressBytes);
  const uint64_t Mask = Image.AddressBytes == 4 ? UINT32_MAX : UINT64_MAX;
  for (uint64_t At = 0; At < Table.Bytes.size(); At += EntryBytes) {
    uint64_t Offset = At;
    uint64_t Code = Data.getSigned(&Offset, 4);
    uint64_t TargetAt = Table.Address + Offset;
    uint64_t Target = Data.getSigned(&Offset, 4);
    uint64_t KeyAt = Table.Address + Offset;
    uint64_t Key = Data.getSigned(&Offset, Image.AddressBytes);
    Code = (Table.Address + At + Code) & Mask;
    Target = (TargetAt + Target) & Mask;
    Key = (KeyAt + Key) & Mask & ~uint64_t(TRACE_KEY_BITS_MASK);
    // gold keeps the entries of code that it drops.
    if (Image.codeAt(Code))
      Entries.push_back({Code, Target, Key});
  }
  return Error::success();
}

Error readLines(const ElfImage &Image, const Range &Table, Lines &Result) {
  DataExtractor Data(Table.Bytes, Image.LittleEndian, Image.AddressBytes);
  for (uint64_t Offset = 0; Offset < Table.Bytes.size();) {
    DataExtractor::Cursor C(Offset);
    uint64_t Code = Data.getU64(C);
    uint32_t Size = Data.getU32(C), Line = Data.getU32(C);
    std::string File = Data.getCStrRef(C).str();
    if (!C)
      return joinErrors(failure("damaged " TRACE_SECTION_SITES), C.takeError());
    if (Size % 8 != 0 || Size < C.tell() - Offset ||
        Size > Table.Bytes.size() - Offset)
      return failure("damaged " TRACE_SECTION_SITES ": the entry at 0x" +
                     Twine::utohexstr(Offset) + " has size " + Twine(Size));
    Result.try_emplace(Code, std::move(File), Line);
    Offset += Size;
  }
  return Error::success();
}

Site makeSite(const ElfImage &Image, const Event &Owner, const Lines &Known,
              CostModel *Costs, const JumpEntry &Entry) {
  uint64_t Address = Entry.Code;
  Site Result;
  Result.Address = Address;
  if (Costs)
    Result.Cost = Costs->of(Entry.Code, Entry.Target);
  if (const Function *F = Image.functionAt(Address))
    Result.Function = sourceName(F->Name);
  if (auto Line = Known.find(Address); Line != Known.end())
    Result.Line = Line->second;
  else if (Owner.Flags & TRACE_EVENT_FUNCTION && !Owner.File.empty())
    Result.Line = {Owner.File, Owner.Line};
  if (Image.Relocatable)
    Result.Address -= Image.codeAt(Address)->Address;
  return Result;
}

} // namespace

void sortEvents(std::vector<Event> &Events) {
  stable_sort(Events, [](const Event &A, const Event &B) {
    return std::tie(A.System, A.Name, A.File, A.Line) <
           std::tie(B.System, B.Name, B.File, B.Line);
  });
  for (Event &E : Events)
    stable_sort(E.Sites, [](const Site &A, const Site &B) {
      return A.Address < B.Address;
    });
}

Expected<std::vector<Event>> readEvents(const ElfImage &Image,
                                        CostModel *Costs) {
  std::vector<Event> Events;
  std::vector<JumpEntry> Entries;
  Lines Known;
  for (const Range &Table : Image.Events) {
    Expected<std::vector<Event>> More = readDescriptors(Image, Table);
    if (!More)
      return More.takeError();
    move(*More, std::back_inserter(Events));
  }
  for (const Range &Table : Image.JumpTables)
    if (Error E = readJumpTable(Image, Table, Entries))
      return E;
  for (const Range &Table : Image.Sites)
    if (Error E = readLines(Image, Table, Known))
      return E;

  std::map<uint64_t, Event *> ByKey;
  for (Event &E : Events)
    ByKey[E.Key] = &E;
  for (const JumpEntry &Entry : Entries)
    if (auto Owner = ByKey.find(Entry.Key); Owner != ByKey.end())
      Owner->second->Sites.push_back(
          makeSite(Image, *Owner->second, Known, Costs, Entry));
  sortEvents(Events);
  return Events;
}

} // namespace trace
