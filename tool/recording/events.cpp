//===- events.cpp - The events of a process's recording -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "events.h"
#include "../../runtime/descriptor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace trace::recording {
namespace {

std::optional<size_t> fixedBytes(const trace_event &Event) {
  size_t Sum = 0;
  for (const trace_field &Field : event_fields(Event)) {
    if (field_has_head(Field))
      return std::nullopt;
    Sum += field_fixed_bytes(Field);
  }
  return Sum;
}

// A name can be shared by all fields: many times the descriptor, in memory.
constexpr size_t NameBytesMax = 1024;

// C forbids two parameters of one name, but not two without any.
std::vector<std::string> uniqueFieldNames(const trace_event &Event) {
  std::vector<std::string> Names;
  StringSet<> Taken;
  for (const trace_field &Field : event_fields(Event)) {
    StringRef Text = event_text(Event, Field.name_at);
    std::string Name = json::fixUTF8(Text.take_front(NameBytesMax));
    std::string Own = Name;
    for (size_t N = Names.size(); !Taken.insert(Own).second; ++N)
      Own = Name + "_" + std::to_string(N);
    Names.push_back(std::move(Own));
  }
  return Names;
}

// Swaps what lies within `Size` bytes; event_defect then finds what does not.
// Parts that overlap are swapped twice and make nonsense, which it finds too,
// or which is harmless.
void swapDescriptor(uint8_t *Bytes, size_t Size) {
  auto &Event = *reinterpret_cast<trace_event *>(Bytes);
  swapBytes(Event);
  auto swapAt = [&](uint64_t At, auto Struct) {
    if (Size < sizeof Struct || At > Size - sizeof Struct)
      return decltype(Struct)();
    memcpy(&Struct, Bytes + At, sizeof Struct);
    swapBytes(Struct);
    memcpy(Bytes + At, &Struct, sizeof Struct);
    return Struct;
  };
  const uint64_t FieldsAt = Event.fields_at, FieldCount = Event.field_count;
  DenseSet<uint64_t> Swapped; // fields may share their enumerators
  for (uint64_t I = 0; I < FieldCount; ++I) {
    auto Field = swapAt(FieldsAt + I * sizeof(trace_field), trace_field());
    for (uint64_t J = 0; J < Field.enumerator_count; ++J) {
      uint64_t At = Field.enumerators_at + J * sizeof(trace_enumerator);
      if (At >= Size || !Swapped.insert(At).second)
        break;
      swapAt(At, trace_enumerator());
    }
  }
}

} // namespace

Event::Event(uint32_t Id, unsigned Index, std::unique_ptr<uint64_t[]> Storage)
    : Id(Id), Index(Index),
      PayloadBytes(
          fixedBytes(*reinterpret_cast<const trace_event *>(Storage.get()))),
      Bytes(std::move(Storage)), FieldNames(uniqueFieldNames(descriptor())) {}

StringRef Event::system() const { return event_system(descriptor()); }
StringRef Event::name() const { return event_name(descriptor()); }

void Events::decodeEntry(uint32_t Id, ArrayRef<uint8_t> Descriptor,
                         ByteOrder Order, unsigned &Count,
                         const Report &Damaged) {
  auto Storage = std::make_unique<uint64_t[]>(
      (Descriptor.size() + sizeof(uint64_t) - 1) / sizeof(uint64_t));
  auto *Copy = reinterpret_cast<uint8_t *>(Storage.get());
  copy(Descriptor, Copy);
  if (Order == ByteOrder::Swapped && Descriptor.size() >= sizeof(trace_event))
    swapDescriptor(Copy, Descriptor.size());
  const char *Defect = event_defect(reinterpret_cast<const trace_event *>(Copy),
                                    Descriptor.size());
  if (Defect)
    return Damaged("event " + Twine(Id) + " can't be read: " + Defect);
  if (List.size() < Id)
    List.resize(Id);
  if (!List[Id - 1])
    List[Id - 1] = std::make_unique<Event>(Id, Count++, std::move(Storage));
}

void Events::decode(ArrayRef<uint8_t> File, ByteOrder Order, unsigned &Count,
                    const Report &Damaged) {
  constexpr size_t HeadBytes = sizeof(trace_event_entry);
  uint32_t Expected = 1;
  while (File.size() >= HeadBytes) {
    auto Head = loadStruct<trace_event_entry>(File, Order);
    if (Head.size < HeadBytes || Head.size % TRACE_EVENT_ALIGN != 0)
      return Damaged("the entry of event " + Twine(Expected) + " has size " +
                     Twine(Head.size) + "; what follows is not read");
    if (Head.size > File.size())
      return; // still being written: it has no records yet
    // Ids are dense, so a table of them is no larger than the file.
    if (Head.id != Expected)
      return Damaged("the entry of event " + Twine(Expected) + " has id " +
                     Twine(Head.id) + "; what follows is not read");
    decodeEntry(Head.id, File.slice(HeadBytes, Head.size - HeadBytes), Order,
                Count, Damaged);
    File = File.drop_front(Head.size);
    ++Expected;
  }
}

} // namespace trace::recording
