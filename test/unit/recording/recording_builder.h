// Makes recordings, byte by byte, in either byte order.
#ifndef RECORDING_BUILDER_H
#define RECORDING_BUILDER_H

#include "../runtime/event_builder.h"
#include "recording/byte_order.h"
#include "recording/recording.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

namespace building {

using trace::recording::ByteOrder;

template <class T> std::string bytesOf(const T &Struct) {
  return {reinterpret_cast<const char *>(&Struct), sizeof Struct};
}

template <class T> std::string inOrder(ByteOrder Order, T Struct) {
  if (Order == ByteOrder::Swapped)
    trace::recording::swapBytes(Struct);
  return bytesOf(Struct);
}

template <class T> std::string number(ByteOrder Order, T Number) {
  std::string Bytes = bytesOf(Number);
  if (Order == ByteOrder::Swapped)
    std::reverse(Bytes.begin(), Bytes.end());
  return Bytes;
}

inline llvm::ArrayRef<uint8_t> view(const std::string &Bytes) {
  return {reinterpret_cast<const uint8_t *>(Bytes.data()), Bytes.size()};
}

// A payload, field by field.
class Fields {
public:
  explicit Fields(ByteOrder Order = ByteOrder::Native) : Order(Order) {}

  template <class T> Fields &add(T Value) {
    Bytes += number(Order, Value);
    return *this;
  }
  Fields &head(size_t Count, unsigned State) {
    const bool Big = (llvm::endianness::native == llvm::endianness::big) !=
                     (Order == ByteOrder::Swapped);
    return add(static_cast<uint16_t>(TRACE_STRING_HEAD(Big, Count, State)));
  }
  Fields &text(const std::string &Text, unsigned State = TRACE_STRING_WHOLE) {
    head(Text.size(), State);
    Bytes += Text;
    return *this;
  }

  std::string Bytes;

private:
  ByteOrder Order;
};

// One process's files.
class ProcessBuilder {
public:
  ProcessBuilder(std::string Path, uint32_t Pid, ByteOrder Order)
      : Path(std::move(Path)), Pid(Pid), Order(Order) {
    EXPECT_FALSE(llvm::sys::fs::create_directories(this->Path + "/ctf"));
    Head.magic = TRACE_PROCESS_MAGIC;
    Head.version = TRACE_RECORDING_VERSION;
    Head.layout = TRACE_LAYOUT_VERSION;
    Head.state = TRACE_PROCESS_ENDED;
    Head.pid = Pid;
    strcpy(Head.name, "app");
    writeHead();
    write("events", "");
  }

  void writeHead() { write("process", inOrder(Order, Head)); }

  // Returns the id.
  uint32_t event(EventBuilder Event) {
    std::string Bytes(reinterpret_cast<const char *>(&Event.event()),
                      Event.size());
    if (Order == ByteOrder::Swapped)
      swapDescriptor(Event, Bytes);
    trace_event_entry Entry = {
        static_cast<uint32_t>(sizeof Entry + Bytes.size()), ++EventCount};
    Events += inOrder(Order, Entry) + Bytes;
    write("events", Events);
    return EventCount;
  }

  std::string record(uint64_t Ticks, uint32_t Id, const Fields &Payload,
                     uint16_t Cpu = 0) const {
    return number(Order, Ticks) + number(Order, Id) + number(Order, Cpu) +
           Payload.Bytes;
  }

  // `Bytes`: of the packet; 0: no more than it holds, in whole pages.
  std::string packet(uint64_t Sequence, const std::string &Records,
                     uint64_t Begin = 0, uint64_t Bytes = 0,
                     uint32_t Tid = 0) const {
    trace_packet Packet = {};
    const uint64_t Content = sizeof Packet + Records.size();
    if (Bytes == 0)
      Bytes = (Content + 4095) / 4096 * 4096;
    Packet.magic = TRACE_PACKET_MAGIC;
    Packet.timestamp_begin = Begin;
    Packet.timestamp_end = UINT64_MAX;
    Packet.content_size = Content * 8;
    Packet.packet_size = Bytes * 8;
    Packet.packet_seq_num = Sequence;
    Packet.pid = Pid;
    Packet.tid = Tid ? Tid : Pid;
    strcpy(Packet.comm, "worker");
    std::string Result = inOrder(Order, Packet) + Records;
    Result.resize(Bytes);
    return Result;
  }

  // `Places`: packets of 4096 bytes, or nothing.
  void ring(uint32_t Number, uint64_t Appended,
            const std::vector<std::string> &Places) const {
    trace_ring_file Ring = {};
    Ring.magic = TRACE_RING_MAGIC;
    Ring.version = TRACE_RECORDING_VERSION;
    Ring.number = Number;
    Ring.packet_bytes = 4096;
    Ring.packet_count = static_cast<uint32_t>(Places.size());
    Ring.appended = Appended;
    std::string Bytes = inOrder(Order, Ring);
    Bytes.resize(TRACE_RING_HEAD_BYTES);
    for (std::string Place : Places) {
      Place.resize(4096);
      Bytes += Place;
    }
    write("ring-" + std::to_string(Number), Bytes);
  }

  void write(const std::string &Name, const std::string &Bytes) const {
    std::error_code Error;
    llvm::raw_fd_ostream(Path + "/" + Name, Error) << Bytes;
    EXPECT_FALSE(Error) << Name;
  }

  const std::string Path;
  const uint32_t Pid;
  const ByteOrder Order;
  trace_process Head = {};
  std::string Events;
  uint32_t EventCount = 0;

private:
  static void swapDescriptor(EventBuilder &Event, std::string &Bytes) {
    auto SwapAt = [&](size_t At, auto Struct) {
      memcpy(&Struct, Bytes.data() + At, sizeof Struct);
      trace::recording::swapBytes(Struct);
      memcpy(Bytes.data() + At, &Struct, sizeof Struct);
    };
    for (uint16_t I = 0; I < Event.event().field_count; ++I) {
      const trace_field &Field = Event.field(I);
      for (uint32_t J = 0; J < Field.enumerator_count; ++J)
        SwapAt(Field.enumerators_at + J * sizeof(trace_enumerator),
               trace_enumerator());
      SwapAt(Event.event().fields_at + I * sizeof(trace_field), trace_field());
    }
    SwapAt(0, trace_event());
  }
};

// A directory of its own, removed at the end.
class RecordingBuilder {
public:
  explicit RecordingBuilder(ByteOrder Order = ByteOrder::Native)
      : Order(Order) {
    llvm::SmallString<128> Made;
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("recording", Made));
    Path = Made.str().str();
    Session.magic = TRACE_SESSION_MAGIC;
    Session.version = TRACE_RECORDING_VERSION;
    Session.clock = TRACE_CLOCK_COUNTER;
    Session.mode = TRACE_MODE_STREAM;
    Session.frequency = 1'000'000'000;
    Session.packet_bytes = 4096;
    Session.packet_count = 4;
    writeSession();
  }
  ~RecordingBuilder() { llvm::sys::fs::remove_directories(Path); }
  RecordingBuilder(const RecordingBuilder &) = delete;
  RecordingBuilder &operator=(const RecordingBuilder &) = delete;

  void writeSession() const {
    std::error_code Error;
    llvm::raw_fd_ostream(Path + "/session", Error) << inOrder(Order, Session);
    EXPECT_FALSE(Error);
  }

  ProcessBuilder process(uint32_t Pid = 7) const {
    return {Path + "/app-" + std::to_string(Pid), Pid, Order};
  }

  llvm::Expected<trace::recording::Recording> open() {
    return trace::recording::Recording::open(
        Path, [&](const llvm::Twine &Text) { Damages.push_back(Text.str()); });
  }

  // Whether one of the reports contains the text.
  bool reported(const std::string &Text) const {
    for (const std::string &Each : Damages)
      if (Each.find(Text) != std::string::npos)
        return true;
    return false;
  }

  const ByteOrder Order;
  std::string Path;
  trace_session Session = {};
  std::vector<std::string> Damages;
};

} // namespace building

#endif
