//===- events.h - The events of a process's recording -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_EVENTS_H
#define TRACE_TOOL_RECORDING_EVENTS_H

#include "byte_order.h"
#include "file.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>
#include <string>
#include <vector>

namespace trace::recording {

/// One entry of the file `events`.
class Event {
public:
  Event(uint32_t Id, unsigned Index, std::unique_ptr<uint64_t[]> Bytes);

  /// In this machine's byte order, and without a defect (event_defect).
  const trace_event &descriptor() const {
    return *reinterpret_cast<const trace_event *>(Bytes.get());
  }
  llvm::StringRef system() const;
  llvm::StringRef name() const;
  /// UTF-8, and each of its own, whatever the descriptor holds.
  llvm::ArrayRef<std::string> fieldNames() const { return FieldNames; }

  const uint32_t Id;
  /// Among all events of the recording, from 0: for tables.
  const unsigned Index;
  /// Of each payload, if all are of one size.
  const std::optional<size_t> PayloadBytes;

private:
  std::unique_ptr<uint64_t[]> Bytes; // aligned as the descriptor
  std::vector<std::string> FieldNames;
};

/// By id.
class Events {
public:
  /// Null: there is none.
  const Event *find(uint32_t Id) const {
    return Id - 1 < List.size() ? List[Id - 1].get() : nullptr;
  }

  /// Without the ids that have none.
  template <class Visitor> void forEach(Visitor Visit) const {
    for (const std::unique_ptr<Event> &Each : List)
      if (Each)
        Visit(*Each);
  }

  /// Decodes the file `events`. A damaged entry is left out and reported.
  /// `Count` is how many events the recording has so far.
  void decode(llvm::ArrayRef<uint8_t> File, ByteOrder Order, unsigned &Count,
              const Report &Damaged);

private:
  void decodeEntry(uint32_t Id, llvm::ArrayRef<uint8_t> Descriptor,
                   ByteOrder Order, unsigned &Count, const Report &Damaged);

  std::vector<std::unique_ptr<Event>> List; // the id less 1
};

} // namespace trace::recording

#endif
