//===- perfetto.cpp - A recording for Perfetto ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The numbers are those of Perfetto's schema, protos/perfetto/trace. A process
// and a thread are a track each; an event is an instant on its thread's track,
// and its fields are debug annotations. Names are written once, and referred to
// by number.
//
//===----------------------------------------------------------------------===//

#include "../../runtime/value.h"
#include "exporter.h"
#include "flags_text.h"
#include "protobuf.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {
namespace {

enum Trace { Packet_ = 1 };
enum TracePacket {
  ClockSnapshot_ = 6,
  Timestamp = 8,
  TrustedPacketSequenceId = 10,
  TrackEvent_ = 11,
  InternedData_ = 12,
  SequenceFlags = 13,
  TimestampClockId = 58,
  TrackDescriptor_ = 60,
};
enum SequenceFlag { IncrementalStateCleared = 1, NeedsIncrementalState = 2 };
enum ClockSnapshot { Clocks = 1, PrimaryTraceClock = 2 };
enum Clock { ClockId = 1, ClockTimestamp = 2 };
enum BuiltinClock { Realtime = 1, Monotonic = 3 };
enum TrackDescriptor {
  Uuid = 1,
  TrackProcess = 3,
  TrackThread = 4,
  Parent = 5
};
enum ProcessDescriptor { Pid = 1, ProcessName = 6, StartTimestampNs = 7 };
enum ThreadDescriptor { ThreadPid = 1, ThreadTid = 2, ThreadName = 5 };
enum TrackEvent {
  CategoryIids = 3,
  DebugAnnotations = 4,
  Type = 9,
  NameIid = 10,
  TrackUuid = 11,
};
enum TrackEventType { Instant = 3 };
enum DebugAnnotation {
  AnnotationNameIid = 1,
  BoolValue = 2,
  UintValue = 3,
  IntValue = 4,
  DoubleValue = 5,
  StringValue = 6,
  PointerValue = 7,
  ArrayValues = 12,
};
enum InternedData { Categories = 1, EventNames = 2, AnnotationNames = 3 };
enum InternedName { Iid = 1, Name = 2 };

std::string utf8(StringRef Text) {
  return json::isUTF8(Text) ? Text.str() : json::fixUTF8(Text);
}

/// The numbers of one kind's names.
class Names {
public:
  explicit Names(InternedData Kind) : Kind(Kind) {}

  /// Where it is new, says so in `Added`.
  uint64_t number(StringRef Text, Message &Added) {
    auto [Known, IsNew] = Numbers.try_emplace(Text, Numbers.size() + 1);
    if (IsNew)
      Added.message(Kind, Message()
                              .number(Iid, Known->second)
                              .text(InternedName::Name, utf8(Text)));
    return Known->second;
  }

private:
  InternedData Kind;
  StringMap<uint64_t> Numbers;
};

/// Of an event that was written.
struct EventNumbers {
  uint64_t Category = 0, Name = 0;
  SmallVector<uint64_t, 4> Fields;
};

class PerfettoExporter : public Exporter {
public:
  PerfettoExporter(const Recording &From, raw_ostream &To)
      : Session(From.session()), To(To), Events(From.eventCount()) {
    writeClocks();
    for (const std::unique_ptr<Process> &P : From.processes())
      writeProcess(*P);
  }

  void write(const Record &R) override {
    uint64_t Track = track(R);
    EventNumbers &Numbers = Events[R.Of->Index];
    Added.clear();
    if (!Numbers.Name)
      enter(*R.Of, Numbers);

    Event.clear();
    Event.number(Type, uint64_t(Instant))
        .number(TrackUuid, Track)
        .number(CategoryIids, Numbers.Category)
        .number(NameIid, Numbers.Name);
    const trace_event &Of = R.Of->descriptor();
    ValueReader Reader(Of, {R.Payload.data(), R.Payload.size()});
    for (uint64_t Name : Numbers.Fields)
      annotate(Of, Name, Reader.next());

    Packet.clear();
    Packet.number(Timestamp, Session.monotonic(R.Ticks))
        .number(TimestampClockId, uint64_t(Monotonic));
    if (!Added.empty())
      Packet.message(InternedData_, Added);
    Packet.message(TrackEvent_, Event);
    writePacket(NeedsIncrementalState);
  }

private:
  // A thread of one process image; pids come again, in containers at once.
  using Thread = std::pair<unsigned, uint32_t>;

  static uint64_t processTrack(const Process &P) { return P.Index + 1; }

  void writePacket(SequenceFlag Flags) {
    Packet.number(TrustedPacketSequenceId, uint64_t(1))
        .number(SequenceFlags, uint64_t(Flags));
    Written.clear();
    Written.message(Packet_, Packet);
    To << Written.encoded();
  }

  // Times are those of CLOCK_MONOTONIC, which the first packet says.
  void writeClocks() {
    Message Clocks;
    for (auto [Id, Time] : {std::pair(Monotonic, Session.Head.monotonic),
                            std::pair(Realtime, Session.Head.realtime)})
      Clocks.message(
          ClockSnapshot::Clocks,
          Message().number(ClockId, uint64_t(Id)).number(ClockTimestamp, Time));
    Clocks.number(PrimaryTraceClock, uint64_t(Monotonic));
    Packet.clear();
    Packet.message(ClockSnapshot_, Clocks);
    writePacket(IncrementalStateCleared);
  }

  void writeProcess(const Process &P) {
    StringRef Name(P.Head.name, strnlen(P.Head.name, sizeof P.Head.name));
    Message Process;
    Process.number(Pid, uint64_t(P.Head.pid))
        .text(ProcessName, utf8(Name.empty() ? StringRef(P.Name) : Name));
    if (P.Head.started)
      Process.number(StartTimestampNs, Session.monotonic(P.Head.started));
    writeTrack(
        Message().number(Uuid, processTrack(P)).message(TrackProcess, Process));
  }

  void writeTrack(const Message &Descriptor) {
    Packet.clear();
    Packet.message(TrackDescriptor_, Descriptor);
    writePacket(NeedsIncrementalState);
  }

  // A thread's name is the last that it had.
  uint64_t track(const Record &R) {
    const trace_packet &In = R.In->Head;
    const Thread Key(R.By->Index, In.tid);
    auto [Known, IsNew] = Threads.try_emplace(Key);
    ThreadTrack &Track = Known->second;
    if (IsNew)
      Track.Number = (uint64_t(1) << 32) + Threads.size();
    if (!IsNew && Track.Name == R.In->comm())
      return Track.Number;
    Track.Name = R.In->comm();
    writeTrack(
        Message()
            .number(Uuid, Track.Number)
            .number(Parent, processTrack(*R.By))
            .message(TrackThread, Message()
                                      .number(ThreadPid, uint64_t(In.pid))
                                      .number(ThreadTid, uint64_t(In.tid))
                                      .text(ThreadName, utf8(Track.Name))));
    return Track.Number;
  }

  void enter(const recording::Event &E, EventNumbers &Numbers) {
    Numbers.Category = CategoryNames.number(E.system(), Added);
    Numbers.Name = EventNames.number(E.name(), Added);
    for (StringRef Field : E.fieldNames())
      Numbers.Fields.push_back(FieldNames.number(Field, Added));
  }

  void annotate(const trace_event &Of, uint64_t Name, const Value &V) {
    Annotation.clear();
    Annotation.number(AnnotationNameIid, Name);
    if (V.is_list)
      annotateList(Of, V);
    else
      putValue(Annotation, Of, V);
    Event.message(DebugAnnotations, Annotation);
  }

  void annotateList(const trace_event &Of, const Value &V) {
    if (V.state == TRACE_STRING_NULL || V.state == TRACE_STRING_BAD)
      Annotation.text(StringValue, string(V));
    for (size_t I = 0; I < V.count(); ++I) {
      Element.clear();
      putValue(Element, Of, V.element(I));
      Annotation.message(ArrayValues, Element);
    }
  }

  static void putValue(Message &To, const trace_event &Of, const Value &V) {
    switch (V.field->kind) {
    case TRACE_FIELD_STRING:
      To.text(StringValue, string(V));
      break;
    case TRACE_FIELD_BOOLEAN:
      To.number(BoolValue, uint64_t(V.bits != 0));
      break;
    case TRACE_FIELD_FLOAT:
      To.number(DoubleValue, V.as_double());
      break;
    case TRACE_FIELD_POINTER:
      To.number(PointerValue, V.bits);
      break;
    default:
      if (is_flags(*V.field))
        To.text(StringValue, utf8(flagsText(Of, V)));
      else if (std::string_view Text = V.field->kind == TRACE_FIELD_ENUM
                                           ? enumerator_name(Of, V)
                                           : "";
               !Text.empty())
        To.text(StringValue, utf8({Text.data(), Text.size()}));
      else
        To.number(V.is_signed() ? IntValue : UintValue, V.bits);
    }
  }

  // As in text.
  static std::string string(const Value &V) {
    switch (V.state) {
    case TRACE_STRING_NULL:
      return TRACE_STRING_NULL_TEXT;
    case TRACE_STRING_BAD:
      return TRACE_STRING_BAD_TEXT;
    case TRACE_STRING_CUT:
      return utf8({V.string.data(), V.string.size()}) + "...";
    case TRACE_STRING_WHOLE:
    case TRACE_STRING_EMPTY:
      break;
    }
    return utf8({V.string.data(), V.string.size()});
  }

  struct ThreadTrack {
    uint64_t Number = 0;
    std::string Name;
  };

  const recording::Session &Session;
  raw_ostream &To;
  std::vector<EventNumbers> Events; // by Index
  DenseMap<Thread, ThreadTrack> Threads;
  Names CategoryNames{Categories}, EventNames{InternedData::EventNames},
      FieldNames{AnnotationNames};
  Message Written, Packet, Event, Annotation, Element,
      Added; // used again and again
};

} // namespace

std::unique_ptr<Exporter> makePerfettoExporter(const Recording &From,
                                               raw_ostream &To) {
  return std::make_unique<PerfettoExporter>(From, To);
}

} // namespace trace
