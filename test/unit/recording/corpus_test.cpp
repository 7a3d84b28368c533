// The fuzzers' inputs, and each cut anywhere, are read without a crash; without
// libFuzzer, so that every build tests them.
#include "../../fuzz/fuzz.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <gtest/gtest.h>

using namespace llvm;

namespace {

// An input of another layout version would be refused, and test nothing.
TEST(Corpus, IsReadWithoutACrash) {
  unsigned Count = 0;
  std::error_code Error;
  for (sys::fs::directory_iterator I(TRACE_CORPUS, Error), End;
       !Error && I != End; I.increment(Error)) {
    auto Input = MemoryBuffer::getFile(I->path());
    ASSERT_TRUE(bool(Input)) << I->path();
    EXPECT_GT(recordsIn((*Input)->getBuffer()), 0u) << I->path();
    ++Count;
  }
  EXPECT_FALSE(Error) << TRACE_CORPUS;
  EXPECT_GE(Count, 4u);
}

TEST(Corpus, CutAnywhereIsReadWithoutACrash) {
  auto Input = MemoryBuffer::getFile(TRACE_CORPUS "/big-endian");
  ASSERT_TRUE(bool(Input));
  StringRef Whole = (*Input)->getBuffer();
  for (size_t Size = 0; Size < Whole.size(); Size += 7)
    recordsIn(Whole.take_front(Size));
}

} // namespace
