// Names of functions as C, C++ and Rust spell them.
#include "symbol.h"
#include "gtest/gtest.h"

using namespace trace;

namespace {

TEST(Symbol, LeavesC) { EXPECT_EQ(sourceName("serve"), "serve"); }

TEST(Symbol, DemanglesCxx) {
  EXPECT_EQ(sourceName("_ZN3net5serveEi"), "net::serve(int)");
}

TEST(Symbol, DropsTheHashOfRustsOlderMangling) {
  EXPECT_EQ(sourceName("_ZN6server5serve17h0123456789abcdefE"),
            "server::serve");
}

TEST(Symbol, DecodesRustsEscapes) {
  EXPECT_EQ(sourceName("_ZN58_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$server.."
                       "Serve$GT$5serve17h0123456789abcdefE"),
            "<alloc::vec::Vec<T> as server::Serve>::serve");
  EXPECT_EQ(sourceName("_ZN4main28_$u7b$$u7b$closure$u7d$$u7d$"
                       "17h0123456789abcdefE"),
            "main::{{closure}}");
}

TEST(Symbol, KeepsEscapesThatAreUnknown) {
  EXPECT_EQ(sourceName("_ZN4main6$XX$fn17h0123456789abcdefE"), "main::$XX$fn");
}

TEST(Symbol, TakesAComponentForAHashOnlyIfItIsOne) {
  EXPECT_EQ(sourceName("_ZN3net17h0123456789abcdegE"),
            "net::h0123456789abcdeg");
}

TEST(Symbol, DemanglesRustsNewerMangling) {
  EXPECT_EQ(sourceName("_RNvCs1234_6server5serve"), "server::serve");
}

TEST(Symbol, DropsWhatLtoAppends) {
  EXPECT_EQ(sourceName("_ZN6server5serve17h0123456789abcdefE.llvm.123"),
            "server::serve");
}

} // namespace
