// The line of text that `tracepoint list` prints of an event.
#include "list.h"
#include "gtest/gtest.h"

using namespace trace;

namespace {

Event event() {
  Event E;
  E.System = "net";
  E.Name = "packet";
  return E;
}

TEST(Text, NamesWhatIsMissing) {
  EXPECT_EQ(toText(event()), "net:packet() - 0 sites -");
}

TEST(Text, JoinsTypeAndNameAsCDoes) {
  Event E = event();
  E.Fields = {{"a", "unsigned long", 8, false},
              {"b", "const char *", 2, false},
              {"c", "const T &", 8, false},
              {"d", "void (*)(int)", 8, false}};
  E.Format = "";
  E.File = "net.h";
  E.Line = 3;
  E.Sites.resize(1);
  EXPECT_EQ(toText(E), "net:packet(unsigned long a, const char *b, const T &c, "
                       "void (*)(int) d) \"\" 1 site net.h:3");
}

TEST(Text, StaysOneLineOfTextWhateverAFileHolds) {
  Event E = event();
  E.Name = "a\x1b[2Jb";
  E.Format = "x\n\t\"\\\x7f\xff\xc3\xa9";
  EXPECT_EQ(toText(E), "net:a\\x1b[2Jb() \"x\\n\\t\\\"\\\\\\x7f\xef\xbf\xbd"
                       "\xc3\xa9\" 0 sites -");
}

} // namespace
