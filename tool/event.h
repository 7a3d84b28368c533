//===- event.h - The events that a file describes ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_EVENT_H
#define TRACE_TOOL_EVENT_H

#include "cost.h"
#include <optional>
#include <string>
#include <vector>

namespace trace {

struct Field {
  std::string Name, Type;
  uint32_t Size = 0; // bytes in a record; of a string, those of its length
  bool Signed = false;

  bool operator==(const Field &) const = default;
};

struct Site {
  uint64_t Address = 0; // in a relocatable object: the offset in its section
  std::string Function; // demangled; empty: unknown
  std::optional<std::pair<std::string, uint32_t>> Line; // file and line
  std::string Member;                                   // of an archive
  std::optional<SiteCost> Cost;                         // if asked for
};

struct Event {
  std::string System, Name;
  std::vector<Field> Fields;
  std::optional<std::string> Format;
  std::string File; // of the declaration; empty: unknown
  uint32_t Line = 0;
  uint64_t Key = 0; // address
  uint32_t DescriptorBytes = 0;
  uint8_t Flags = 0; // TRACE_EVENT_...
  std::vector<Site> Sites;
};

/// Decodes the descriptors in `Table`, which is a __trace_events. Sites stay
/// empty. Fails if a descriptor is damaged; the text names its place.
llvm::Expected<std::vector<Event>> readDescriptors(const ElfImage &Image,
                                                   const Range &Table);

/// All events of the image with their sites, by system and name; with a cost
/// model, with what each site costs.
llvm::Expected<std::vector<Event>> readEvents(const ElfImage &Image,
                                              CostModel *Costs = nullptr);

/// By system, name and declaration; and each event's sites by address.
void sortEvents(std::vector<Event> &Events);

} // namespace trace

#endif
