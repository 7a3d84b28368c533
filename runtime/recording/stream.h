/// A ring's packets in the files of a CTF trace, which is valid at every moment
/// (docs/recording.md has the picture). Async-signal-safe.
#ifndef TRACE_RUNTIME_RECORDING_STREAM_H
#define TRACE_RUNTIME_RECORDING_STREAM_H

#include "file.h"

#include <trace/recording.h>

#include <cstdint>
#include <span>

namespace trace {

/// Which files, and how large they may be.
struct StreamOptions {
  const Path &directory; ///< of the process
  uint32_t ring;         ///< R of stream-R
  uint32_t packet_bytes;
  uint64_t file_bytes; ///< 0: no limit of the user's
  uint32_t keep;       ///< files; 0: all
};

/// What is known of the last file, and of the last packet in it.
struct Stream {
  uint64_t file_bytes; ///< its size; 0: there is no file
  uint32_t number;     ///< of the file
  uint64_t device, inode;
  uint64_t at;       ///< the packet
  uint64_t sequence; ///< its number
  uint64_t content;  ///< bytes of it that are there

  bool has(uint64_t packet) const {
    return file_bytes != 0 && sequence == packet;
  }
};

struct StreamPacket {
  const trace_packet *packet;
  uint64_t content; ///< bytes of it that are complete; it may still grow
};
inline constexpr size_t stream_packets_max = 4; ///< that one call takes

struct StreamResult {
  size_t done;   ///< packets that are in the stream now
  int error = 0; ///< -errno: why the next one is not
};

/// Appends the packets, which have rising numbers; or adds to the first what it
/// has grown by, if it is the last one there. Those of one file in one write.
StreamResult stream_write(Stream &stream, const StreamOptions &options,
                          std::span<const StreamPacket> packets);

/// Cuts the last file to what it holds; for the end. 0 or -errno.
int stream_cut(Stream &stream, const StreamOptions &options);

/// The opposite: makes room in a file that was cut. 0 or -errno.
int stream_extend(Stream &stream, const StreamOptions &options);

} // namespace trace

#endif
