// What is printed of a recording: text as ftrace's, JSON lines, CSV, Perfetto's
// protobuf; whatever its strings and names hold.
#include "recording_builder.h"

#include "recording/merge.h"
#include "view/exporter.h"
#include "view/protobuf.h"
#include "llvm/Support/JSON.h"

using namespace building;
using namespace trace;
using namespace trace::recording;
using testing::Test;

namespace {

class Export : public Test {
protected:
  using Maker = std::function<std::unique_ptr<Exporter>(
      const recording::Recording &, llvm::raw_ostream &)>;

  // One record of one event.
  void record(EventBuilder Event, const Fields &Payload) {
    const uint32_t Id = Process.event(Event);
    Records += Process.record(5'000'001'234, Id, Payload, 3);
    Process.write("ctf/stream-0", Process.packet(0, Records));
  }

  std::string print(const Maker &Make) {
    std::string Text;
    llvm::raw_string_ostream To(Text);
    auto From = Builder.open();
    EXPECT_TRUE(bool(From));
    {
      std::unique_ptr<Exporter> Out = Make(*From, To);
      Merge Merged(*From);
      while (const Record *R = Merged.next())
        Out->write(*R);
    }
    EXPECT_TRUE(Builder.Damages.empty()) << Builder.Damages[0];
    return Text;
  }

  std::string csv() {
    return print([](const auto &From, auto &To) {
      return makeCsvExporter(From, "", To);
    });
  }

  RecordingBuilder Builder;
  ProcessBuilder Process = Builder.process();
  std::string Records;
};

const char Hostile[] = "a\n\x1b[2J\",\xff\xc3\xa9";

TEST_F(Export, Text) {
  record(EventBuilder("n=%d t=\"%s\"", {integer("n", 4, true), string("t")}),
         Fields().add(int32_t(-1)).text("x"));
  record(EventBuilder(nullptr, {string("t")}), Fields().text(Hostile));
  EXPECT_EQ(print(makeTextExporter),
            "          worker-7       [003] .....     5.000001: name: n=-1 "
            "t=\"x\"\n"
            "          worker-7       [003] .....     5.000001: name: "
            "t=a\\n\\x1b[2J\",\xff\xc3\xa9\n");
}

TEST_F(Export, TextOfAnyLength) {
  std::vector<FieldSpec> Many;
  Fields Payload;
  for (int I = 0; I < 100; ++I) {
    Many.push_back(string("field"));
    Payload.text(std::string(1000, 'x'));
  }
  record(EventBuilder(nullptr, Many), Payload);
  EXPECT_GT(print(makeTextExporter).size(), 100'000u);
}

TEST_F(Export, Json) {
  record(EventBuilder(
             nullptr,
             {integer("n", 8, true),
              integer("u", 8, false),
              {"b", TRACE_FIELD_BOOLEAN, 1},
              {"d", TRACE_FIELD_FLOAT, 8},
              {"f", TRACE_FIELD_FLOAT, 4},
              {"p", TRACE_FIELD_POINTER, 8},
              {"e", TRACE_FIELD_ENUM, 4, TRACE_FIELD_SIGNED, {{-2, "low"}}},
              {"x", TRACE_FIELD_ENUM, 1, 0, {{1, "one"}}}}),
         Fields()
             .add(INT64_MIN)
             .add(UINT64_MAX)
             .add(uint8_t(1))
             .add(0.1)
             .add(std::numeric_limits<float>::quiet_NaN())
             .add(uint64_t(0xffffffff80000000))
             .add(int32_t(-2))
             .add(uint8_t(9)));
  EXPECT_EQ(print(makeJsonExporter),
            "{\"time\":5.000001234,\"system\":\"sys\",\"name\":\"name\","
            "\"cpu\":3,\"pid\":7,\"tid\":7,\"comm\":\"worker\",\"fields\":{"
            "\"n\":-9223372036854775808,\"u\":18446744073709551615,"
            "\"b\":true,\"d\":0.10000000000000001,\"f\":\"nan\","
            "\"p\":\"0xffffffff80000000\",\"e\":\"low\",\"x\":9}}\n");
}

TEST_F(Export, JsonOfStrings) {
  record(EventBuilder(nullptr,
                      {string("a"), string("b"), string("c"), string("d")}),
         Fields()
             .text(Hostile)
             .text("", TRACE_STRING_NULL)
             .text("", TRACE_STRING_BAD)
             .text("long", TRACE_STRING_CUT));
  const std::string Line = print(makeJsonExporter);
  EXPECT_EQ(Line.find('\n'), Line.size() - 1);
  llvm::Expected<llvm::json::Value> Parsed = llvm::json::parse(Line);
  ASSERT_TRUE(bool(Parsed)) << toString(Parsed.takeError());
  const llvm::json::Object &Of = *Parsed->getAsObject();
  ASSERT_NE(Of.getObject("fields"), nullptr) << Line;
  const llvm::json::Object &Fields = *Of.getObject("fields");
  EXPECT_EQ(Fields.getString("a"), "a\n\x1b[2J\",\xef\xbf\xbd\xc3\xa9");
  EXPECT_EQ(*Fields.get("b"), nullptr);
  EXPECT_EQ(*Fields.get("c"), nullptr);
  EXPECT_EQ(Fields.getString("d"), "long");
  EXPECT_EQ(*Of.getArray("cut"), llvm::json::Array{"d"});
  EXPECT_EQ(*Of.getArray("bad"), llvm::json::Array{"c"});
}

TEST_F(Export, Csv) {
  record(EventBuilder(nullptr, {integer("n", 4, true), string("t")}),
         Fields().add(int32_t(-1)).text(Hostile));
  record(EventBuilder(nullptr, {{"p", TRACE_FIELD_POINTER, 4},
                                integer("n", 1, false),
                                {"f", TRACE_FIELD_FLOAT, 4}}),
         Fields().add(uint32_t(0xab)).add(uint8_t(200)).add(0.1f));
  EXPECT_EQ(csv(),
            "time,system,name,cpu,pid,tid,comm,fields.n,fields.t,fields.p,"
            "fields.f\n"
            "5.000001234,sys,name,3,7,7,worker,-1,"
            "\"a\\n\\x1b[2J\"\",\xff\xc3\xa9\",,\n"
            "5.000001234,sys,name,3,7,7,worker,200,,0xab,0.100000001\n");
}

TEST_F(Export, CsvOfStrings) {
  record(EventBuilder(nullptr, {string("a"), string("b")}),
         Fields().text("", TRACE_STRING_NULL).text("cu", TRACE_STRING_CUT));
  EXPECT_NE(csv().find(",worker,,cu...\n"), std::string::npos) << csv();
}

// The varints, doubles and lengths of protobuf's own documentation.
TEST(Protobuf, IsEncoded) {
  EXPECT_EQ(Message().number(1, uint64_t(150)).encoded(), "\x08\x96\x01");
  EXPECT_EQ(Message().text(2, "testing").encoded(), "\x12\x07testing");
  EXPECT_EQ(Message().message(3, Message().number(1, uint64_t(150))).encoded(),
            "\x1a\x03\x08\x96\x01");
  EXPECT_EQ(Message().number(1, uint64_t(-2)).encoded(),
            "\x08\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01");
  EXPECT_EQ(Message().number(60, uint64_t(0)).encoded(),
            llvm::StringRef("\xe0\x03\x00", 3));
  EXPECT_EQ(Message().number(5, 1.0).encoded(),
            llvm::StringRef("\x29\0\0\0\0\0\0\xf0\x3f", 9));
}

TEST_F(Export, PerfettoOfAnyRecord) {
  record(EventBuilder(nullptr, {integer("n", 4, true), string("t")}),
         Fields().add(int32_t(-1)).text(Hostile));
  const std::string File = print(makePerfettoExporter);
  // view/perfetto.test decodes it by the schema; here: names stand once.
  record(EventBuilder(nullptr, {integer("n", 4, true), string("t")}),
         Fields().add(int32_t(-1)).text(Hostile));
  const std::string Longer = print(makePerfettoExporter);
  EXPECT_EQ(Longer.find("worker"), Longer.rfind("worker"));
  EXPECT_EQ(Longer.find("name"), Longer.rfind("name"));
  EXPECT_LT(File.size(), Longer.size());
}

} // namespace
