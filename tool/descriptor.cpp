//===- descriptor.cpp - Decodes __trace_events ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../runtime/descriptor.h"
#include "event.h"
#include "trace/layout.h"
#include "llvm/Support/DataExtractor.h"

using namespace llvm;

namespace trace {
namespace {

using Cursor = DataExtractor::Cursor;

#define READ_MEMBER(type, name)                                                \
  S.name = static_cast<type>(Data.getUnsigned(C, sizeof(type)));

trace_event readHeader(const DataExtractor &Data, Cursor &C) {
  trace_event S;
  TRACE_EVENT(READ_MEMBER)
  return S;
}

trace_field readField(const DataExtractor &Data, Cursor &C) {
  trace_field S;
  TRACE_FIELD(READ_MEMBER)
  return S;
}

std::string readText(const DataExtractor &Data, Cursor &C, uint32_t At) {
  if (At == 0 || !C)
    return "";
  C.seek(At);
  return Data.getCStrRef(C).str();
}

// `Data` is one descriptor, so that nothing outside it is ever read.
Event readDescriptor(const DataExtractor &Data, uint64_t Address, Cursor &C) {
  trace_event Header = readHeader(Data, C);
  Event Result;
  Result.System = readText(Data, C, Header.system_at);
  Result.Name = readText(Data, C, Header.name_at);
  if (Header.format_at)
    Result.Format = readText(Data, C, Header.format_at);
  Result.File = readText(Data, C, Header.file_at);
  Result.Line = Header.line;
  Result.Flags = Header.flags;
  if (Header.key)
    Result.Key = Address + offsetof(trace_event, key) + Header.key;
  for (unsigned I = 0; C && I < Header.field_count; ++I) {
    C.seek(uint64_t(Header.fields_at) + I * sizeof(trace_field));
    trace_field F = readField(Data, C);
    Result.Fields.push_back({readText(Data, C, F.name_at),
                             readText(Data, C, F.type_at),
                             static_cast<uint32_t>(field_fixed_bytes(F)),
                             (F.flags & TRACE_FIELD_SIGNED) != 0});
  }
  return Result;
}

Error damaged(uint64_t Offset, const Twine &Why) {
  return failure("damaged event descriptor at 0x" + Twine::utohexstr(Offset) +
                 " of " TRACE_SECTION_EVENTS ": " + Why);
}

} // namespace

Expected<std::vector<Event>> readDescriptors(const ElfImage &Image,
                                             const Range &Table) {
  DataExtractor Data(Table.Bytes, Image.LittleEndian, Image.AddressBytes);
  std::vector<Event> Events;
  for (uint64_t Offset = 0; Offset < Table.Bytes.size();) {
    Cursor C(Offset);
    uint32_t Size = Data.getU32(C);
    uint8_t Version = Data.getU8(C);
    if (!C)
      return damaged(Offset, toString(C.takeError()));
    if (Error E = checkLayoutVersion(Version))
      return E;
    if (Size < sizeof(trace_event) || Size % TRACE_EVENT_ALIGN != 0 ||
        Size > Table.Bytes.size() - Offset)
      return damaged(Offset, "its size is " + Twine(Size));

    DataExtractor One(Table.Bytes.substr(Offset, Size), Image.LittleEndian,
                      Image.AddressBytes);
    Cursor Within(0);
    Event Next = readDescriptor(One, Table.Address + Offset, Within);
    if (!Within)
      return damaged(Offset, toString(Within.takeError()));
    if (Next.System.empty() || Next.Name.empty())
      return damaged(Offset, "it has no name");
    if (Image.AddressBytes == 4)
      Next.Key = static_cast<uint32_t>(Next.Key);
    Next.DescriptorBytes = Size;
    Events.push_back(std::move(Next));
    Offset += Size;
  }
  return Events;
}

} // namespace trace
