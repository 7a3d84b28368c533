//===- record_options.cpp - Options of a recording ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "record_options.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <time.h>

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

/// A number of bytes: 4096, 64K, 1M, 2G.
std::optional<uint64_t> parseBytes(StringRef Text) {
  unsigned Shift = 0;
  if (Text.consume_back_insensitive("K"))
    Shift = 10;
  else if (Text.consume_back_insensitive("M"))
    Shift = 20;
  else if (Text.consume_back_insensitive("G"))
    Shift = 30;
  uint64_t Number;
  if (Text.getAsInteger(10, Number) || Number > (UINT64_MAX >> Shift))
    return std::nullopt;
  return Number << Shift;
}

/// Replaces `Into` by what the option says, if it says anything.
bool readBytes(StringRef Option, StringRef Text, uint64_t &Into) {
  if (Text.empty())
    return true;
  std::optional<uint64_t> Bytes = parseBytes(Text);
  if (Bytes)
    Into = *Bytes;
  else
    message() << Option << " '" << Text
              << "': not a number of bytes; for example 64K, 16M, 1G\n";
  return Bytes.has_value();
}

bool refuse(const Twine &Text) {
  message() << Text << "\n";
  return false;
}

} // namespace

bool readRecordOptions(const RecordRequest &Request, trace_session &Session) {
  if (!Request.Snapshots.empty() && !Request.Flight)
    return refuse("--snapshot: for a flight recorder (--flight); without it "
                  "everything is written");
  uint64_t Packet = Session.packet_bytes;
  if (!readBytes("--packet", Request.Packet, Packet))
    return false;
  uint64_t Ring = Packet * Session.packet_count;
  if (!readBytes("--ring", Request.Ring, Ring) ||
      !readBytes("--memory", Request.Memory, Session.memory_bytes) ||
      !readBytes("--size", Request.Size, Session.file_bytes))
    return false;
  if (Request.Packet.empty() && !Request.Ring.empty())
    Packet = Ring / TRACE_PACKET_COUNT_DEFAULT / TRACE_PACKET_BYTES_MIN *
             TRACE_PACKET_BYTES_MIN;
  if (Packet < TRACE_PACKET_BYTES_MIN || Packet > TRACE_PACKET_BYTES_MAX ||
      Packet % TRACE_PACKET_BYTES_MIN != 0)
    return refuse("--packet: a packet has 4K to 16M, in steps of 4K");
  uint64_t Count = Ring / Packet;
  if (Count < TRACE_PACKET_COUNT_MIN || Count > TRACE_PACKET_COUNT_MAX)
    return refuse("--ring: a ring has 4 to 64 packets, here of " +
                  Twine(Packet) + " bytes");
  if (Session.file_bytes && Session.file_bytes < 2 * Packet)
    return refuse("--size: a file has at least two packets, here of " +
                  Twine(Packet) + " bytes");
  if (Session.memory_bytes < Ring)
    return refuse("--memory: less than one thread's ring of " + Twine(Ring) +
                  " bytes");
  Session.packet_bytes = static_cast<uint32_t>(Packet);
  Session.packet_count = static_cast<uint32_t>(Count);
  Session.keep = Request.Keep;
  Session.mode = Request.Flight ? TRACE_MODE_FLIGHT : TRACE_MODE_STREAM;
  Session.flags = (Request.Children ? 0 : TRACE_SESSION_NO_CHILDREN) |
                  (Request.SafeStrings ? TRACE_SESSION_SAFE_STRINGS : 0);
  return true;
}

std::string defaultRecording(StringRef Command) {
  char Time[32] = "";
  time_t Now = ::time(nullptr);
  struct tm Local;
  if (::localtime_r(&Now, &Local))
    ::strftime(Time, sizeof Time, "-%Y%m%d-%H%M%S", &Local);
  return (sys::path::filename(Command) + Time + ".trace").str();
}

} // namespace trace
