// The text of /proc/PID/maps says which addresses are executable, in whatever
// pieces it comes; and this process's own code is.
#include "maps.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string_view>

using namespace trace;

namespace {

constexpr std::string_view Maps =
    "00400000-00401000 r--p 00000000 08:01 131 /bin/a-x b\n"
    "00401000-00403000 r-xp 00001000 08:01 131 /bin/a-x b\n"
    "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 \n"
    "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]\n";

bool is_executable(uint64_t address, size_t piece_bytes) {
  MapsScanner scanner(address);
  for (size_t i = 0; i < Maps.size(); i += piece_bytes)
    scanner.scan(Maps.substr(i, piece_bytes));
  return scanner.is_executable();
}

TEST(Maps, SayWhatIsExecutable) {
  for (const size_t piece_bytes : {size_t{1}, size_t{7}, Maps.size()}) {
    EXPECT_FALSE(is_executable(0x400fff, piece_bytes));
    EXPECT_TRUE(is_executable(0x401000, piece_bytes));
    EXPECT_TRUE(is_executable(0x402fff, piece_bytes));
    EXPECT_FALSE(is_executable(0x403000, piece_bytes));
    EXPECT_FALSE(is_executable(0x7f0000000010, piece_bytes));
    EXPECT_TRUE(is_executable(0xffffffffff600000, piece_bytes));
    EXPECT_FALSE(is_executable(0, piece_bytes));
  }
}

TEST(Maps, KnowTheCodeThatProcessorsRun) {
  static int data = 0;
  EXPECT_EQ(
      check_runs_natively(reinterpret_cast<uintptr_t>(&check_runs_natively)),
      0);
  EXPECT_EQ(check_runs_natively(reinterpret_cast<uintptr_t>(&data)), ENOTSUP);
}

} // namespace
