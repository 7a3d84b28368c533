// The line's head is ftrace's, and refusals to write code name their cause.
#include "line_head.h"
#include "text_buffer.h"
#include "text_write.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

using namespace trace;

namespace {

std::string head(const LineHead &head, const char *name) {
  char bytes[256];
  TextBuffer out(bytes, sizeof bytes);
  put_line_head(out, head, name);
  return std::string(out.text());
}

TEST(LineHead, IsFtraces) {
  EXPECT_EQ(
      head({"binder:2165_5", 2602, 1, 330'711'899'123}, "binder_ioctl"),
      "   binder:2165_5-2602    [001] .....   330.711899: binder_ioctl: ");
  EXPECT_EQ(head({"a", 1, 0, 0}, "x"),
            "               a-1       [000] .....     0.000000: x: ");
}

TEST(LineHead, LongValuesAreNotCut) {
  EXPECT_EQ(head({"abcdefghijklmno", 12345678, 1024, 123456'000'001'999}, "x"),
            " abcdefghijklmno-12345678 [1024] ..... 123456.000001: x: ");
}

TEST(LineHead, AThreadsNameIsEscaped) {
  EXPECT_EQ(head({"a\nb", 1, 0, 0}, "x").find('\n'), std::string::npos);
}

TEST(TextBuffer, IsBounded) {
  char bytes[6] = "-----";
  TextBuffer out(bytes, 4);
  out.put("ab");
  EXPECT_FALSE(out.is_cut());
  out.put("cde");
  out.put('f');
  out.repeat('g', 3);
  EXPECT_EQ(out.text(), "abcd");
  EXPECT_TRUE(out.is_cut());
  EXPECT_EQ(bytes[4], '-');
}

TEST(Refusal, CausesAreTold) {
  EXPECT_NE(strstr(proc_refusal(EACCES, true, 0), "dumpable"), nullptr);
  EXPECT_EQ(strstr(proc_refusal(EACCES, true, 1), "dumpable"), nullptr);
  EXPECT_NE(strstr(proc_refusal(ENOENT, true, 1), "chroot"), nullptr);
  EXPECT_NE(strstr(proc_refusal(EIO, false, 1), "force_override"), nullptr);
  EXPECT_NE(strstr(proc_refusal(ENOTSUP, false, 1), "emulator"), nullptr);
  EXPECT_NE(strstr(swap_refusal(EACCES, false, 1), "PR_SET_MDWE"), nullptr);
  EXPECT_NE(strstr(swap_refusal(EPERM, true, 0), "mseal"), nullptr);
}

} // namespace
