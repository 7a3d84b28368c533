#include "stream.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace trace {
namespace {

constexpr uint64_t bits = 8;

/// Packets begin at pages, so that no append rewrites a part of a page.
uint64_t round_up(uint64_t bytes) {
  constexpr uint64_t page = 4096;
  return (bytes + page - 1) / page * page;
}

Path path_of(const StreamOptions &options, uint32_t number) {
  Path path(options.directory);
  path << "/ctf/stream-" << options.ring;
  if (number > 0)
    path << "." << number;
  return path;
}

/// Where a file is while it is no valid stream: readers of CTF pass over names
/// that begin with a dot. One that is cut or extended has its own name behind
/// the dot, so that it is not lost if it is left there.
Path new_path_of(const StreamOptions &options) {
  Path path(options.directory);
  path << "/ctf/.new-" << options.ring;
  return path;
}
Path hidden_path_of(const StreamOptions &options, uint32_t number) {
  Path path(options.directory);
  path << "/ctf/.stream-" << options.ring;
  if (number > 0)
    path << "." << number;
  return path;
}

/// A new file's size. Above RLIMIT_FSIZE the process would get a signal.
uint64_t file_bytes_of(const StreamOptions &options) {
  uint64_t bytes = TRACE_STREAM_BYTES_MAX;
  if (options.file_bytes)
    bytes = std::min(bytes, options.file_bytes);
  rlimit limit;
  if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    bytes = std::min(bytes, static_cast<uint64_t>(limit.rlim_cur));
  return bytes / bits * bits;
}

std::string_view bytes_of(const trace_packet &packet, uint64_t begin,
                          uint64_t end) {
  return {reinterpret_cast<const char *>(&packet) + begin,
          static_cast<size_t>(end - begin)};
}

int write_number(const File &file, uint64_t number, uint64_t at) {
  return file.write({reinterpret_cast<const char *>(&number), sizeof number},
                    at);
}

/// The head as it shall stand in the file. The packet may grow meanwhile: its
/// timestamp_end is read after its content was, so it covers that.
trace_packet head_of(const trace_packet &packet, uint64_t content,
                     uint64_t extent) {
  trace_packet head;
  memcpy(&head, &packet, sizeof head);
  head.content_size = content * bits;
  head.packet_size = extent * bits;
  return head;
}

/// The packets one behind the other from `at` on; the last one reaches to the
/// end of the file.
int write_packets(const File &file, uint64_t file_bytes, uint64_t at,
                  std::span<const StreamPacket> packets) {
  trace_packet heads[stream_packets_max];
  std::string_view pieces[2 * stream_packets_max];
  static_assert(std::size(pieces) <= File::pieces_max);
  uint64_t next = at;
  size_t count = 0;
  for (size_t i = 0; i < packets.size(); ++i) {
    const auto [packet, content] = packets[i];
    const bool is_last = i + 1 == packets.size();
    const uint64_t extent = is_last ? file_bytes - next : round_up(content);
    next += extent;
    if (is_last || packet->packet_size != extent * bits) {
      heads[i] = head_of(*packet, content, extent);
      pieces[count++] = bytes_of(heads[i], 0, sizeof heads[i]);
      pieces[count++] =
          bytes_of(*packet, sizeof heads[i], is_last ? content : extent);
    } else {
      pieces[count++] = bytes_of(*packet, 0, extent);
    }
  }
  return file.write({pieces, count}, at);
}

/// Opens the stream's last file, if the name still leads to it.
int check_same(const File &file, const Stream &stream) {
  if (file.error())
    return file.error();
  struct stat status;
  if (const int error = file.status(status))
    return error;
  return status.st_dev == stream.device && status.st_ino == stream.inode
             ? 0
             : -ENOENT;
}

/// How many of the packets the file has room for, from `at` on.
size_t count_fitting(uint64_t at, uint64_t file_bytes,
                     const StreamOptions &options,
                     std::span<const StreamPacket> packets) {
  size_t count = 0;
  while (count < packets.size() && at + options.packet_bytes <= file_bytes)
    at += round_up(packets[count++].content);
  return count;
}

/// They were written from `at` on.
void move_on(Stream &stream, uint64_t at,
             std::span<const StreamPacket> packets) {
  stream.at = at;
  for (const StreamPacket &each : packets.first(packets.size() - 1))
    stream.at += round_up(each.content);
  stream.sequence = packets.back().packet->packet_seq_num;
  stream.content = packets.back().content;
}

/// A new file with as many of the packets as it has room for; how many, or
/// -errno.
long begin_file(Stream &stream, const StreamOptions &options,
                std::span<const StreamPacket> packets) {
  const uint64_t size = file_bytes_of(options);
  packets = packets.first(count_fitting(0, size, options, packets));
  if (packets.empty())
    return -EFBIG;
  const Path hidden = new_path_of(options);
  const uint32_t number = stream.file_bytes ? stream.number + 1 : 0;
  const Path path = path_of(options, number);
  if (path.is_cut())
    return -ENAMETOOLONG;
  unlink(hidden.c_str());
  const File file(hidden.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
  int error = file.error();
  if (error)
    return error;
  struct stat status = {};
  error = file.resize(size);
  if (!error)
    error = write_packets(file, size, 0, packets);
  if (!error)
    error = file.status(status);
  if (!error && rename(hidden.c_str(), path.c_str()) != 0)
    error = -errno;
  if (error) {
    unlink(hidden.c_str());
    return error;
  }
  if (stream.file_bytes)
    stream_cut(stream, options);
  if (options.keep && number >= options.keep)
    unlink(path_of(options, number - options.keep).c_str());
  stream.file_bytes = size;
  stream.number = number;
  stream.device = static_cast<uint64_t>(status.st_dev);
  stream.inode = static_cast<uint64_t>(status.st_ino);
  move_on(stream, 0, packets);
  return static_cast<long>(packets.size());
}

/// What was added stands behind what is covered; then it is covered.
int grow_packet(Stream &stream, const File &file, const StreamPacket &grown) {
  const auto [packet, content] = grown;
  int error = file.write(bytes_of(*packet, stream.content, content),
                         stream.at + stream.content);
  if (!error)
    error = write_number(file, packet->timestamp_end,
                         stream.at + offsetof(trace_packet, timestamp_end));
  if (!error)
    error = write_number(file, content * bits,
                         stream.at + offsetof(trace_packet, content_size));
  if (!error)
    stream.content = content;
  return error;
}

int append_packets(Stream &stream, const File &file,
                   std::span<const StreamPacket> packets) {
  const uint64_t at = stream.at + round_up(stream.content);
  if (const int error = write_packets(file, stream.file_bytes, at, packets))
    return error;
  // Now the packet before them ends where they begin.
  if (const int error =
          write_number(file, (at - stream.at) * bits,
                       stream.at + offsetof(trace_packet, packet_size)))
    return error;
  move_on(stream, at, packets);
  return 0;
}

/// At least the first of them; how many, or -errno.
long write_some(Stream &stream, const StreamOptions &options,
                std::span<const StreamPacket> packets) {
  const StreamPacket &first = packets.front();
  const bool is_last = stream.has(first.packet->packet_seq_num);
  if (is_last && stream.content == first.content)
    return 1;
  const size_t fitting =
      is_last ? 1
              : count_fitting(stream.at + round_up(stream.content),
                              stream.file_bytes, options, packets);
  if (stream.file_bytes == 0 || fitting == 0)
    return begin_file(stream, options, packets);
  const File file(path_of(options, stream.number).c_str(), O_WRONLY);
  int error = check_same(file, stream);
  if (!error)
    error = is_last ? grow_packet(stream, file, first)
                    : append_packets(stream, file, packets.first(fitting));
  return error ? error : static_cast<long>(fitting);
}

/// Gives the file another size, to which its last packet then reaches. The two
/// can't change at once, so nobody sees it meanwhile.
int resize(Stream &stream, const StreamOptions &options, uint64_t bytes) {
  const Path path = path_of(options, stream.number);
  const Path hidden = hidden_path_of(options, stream.number);
  const File file(path.c_str(), O_WRONLY);
  if (const int error = check_same(file, stream))
    return error;
  if (rename(path.c_str(), hidden.c_str()) != 0)
    return -errno;
  int error = write_number(file, (bytes - stream.at) * bits,
                           stream.at + offsetof(trace_packet, packet_size));
  if (!error)
    error = file.resize(bytes);
  if (!error)
    stream.file_bytes = bytes;
  if (rename(hidden.c_str(), path.c_str()) != 0 && !error)
    error = -errno;
  return error;
}

} // namespace

StreamResult stream_write(Stream &stream, const StreamOptions &options,
                          std::span<const StreamPacket> packets) {
  StreamResult result = {};
  while (result.done < packets.size() && !result.error) {
    const long count =
        write_some(stream, options, packets.subspan(result.done));
    if (count < 0)
      result.error = static_cast<int>(count);
    else
      result.done += static_cast<size_t>(count);
  }
  return result;
}

int stream_cut(Stream &stream, const StreamOptions &options) {
  return resize(stream, options, stream.at + round_up(stream.content));
}

int stream_extend(Stream &stream, const StreamOptions &options) {
  return resize(
      stream, options,
      std::max(file_bytes_of(options), stream.at + options.packet_bytes));
}

} // namespace trace
