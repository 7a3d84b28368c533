// Session, events and records are decoded in either byte order; what is damaged
// is named, and hides nothing else.
#include "recording_builder.h"

#include "recording/packet.h"
#include "recording/payload.h"
#include "recording/session.h"

using namespace building;
using namespace trace::recording;

namespace {

template <class T> std::string errorOf(llvm::Expected<T> Result) {
  return Result ? "" : toString(Result.takeError());
}

class Decode : public testing::TestWithParam<ByteOrder> {
protected:
  Events decode(const std::string &File) {
    Events Known;
    unsigned Count = 0;
    Known.decode(view(File), GetParam(), Count, [&](const llvm::Twine &Text) {
      Damages.push_back(Text.str());
    });
    EXPECT_LE(Count, 100u);
    return Known;
  }

  RecordingBuilder Recording{GetParam()};
  ProcessBuilder Process = Recording.process();
  std::vector<std::string> Damages;
};

TEST_P(Decode, ASession) {
  Recording.Session.frequency = 3;
  auto Session = decodeSession(view(inOrder(GetParam(), Recording.Session)));
  ASSERT_TRUE(bool(Session)) << toString(Session.takeError());
  EXPECT_EQ(Session->Order, GetParam());
  EXPECT_EQ(Session->Head.frequency, 3u);
}

TEST_P(Decode, NoSessionThatIsDamaged) {
  std::string Whole = inOrder(GetParam(), Recording.Session);
  EXPECT_EQ(errorOf(decodeSession(view(Whole.substr(0, 20)))), "cut off");
  Recording.Session.version = 77;
  EXPECT_NE(errorOf(decodeSession(view(inOrder(GetParam(), Recording.Session))))
                .find("recording version 77"),
            std::string::npos);
  Whole[0] = 'x';
  EXPECT_NE(errorOf(decodeSession(view(Whole))), "");
}

TEST_P(Decode, Events) {
  Process.event(EventBuilder("%d", {integer("a", 4, true)}));
  Process.event(EventBuilder(
      nullptr, {{"state", TRACE_FIELD_ENUM, 4, 0, {{1, "on"}, {2, "off"}}},
                string("text")}));
  Events Known = decode(Process.Events);
  EXPECT_TRUE(Damages.empty());
  EXPECT_EQ(Known.find(0), nullptr);
  EXPECT_EQ(Known.find(3), nullptr);
  ASSERT_NE(Known.find(1), nullptr);
  ASSERT_NE(Known.find(2), nullptr);
  EXPECT_EQ(Known.find(1)->PayloadBytes, 4u);
  EXPECT_FALSE(Known.find(2)->PayloadBytes);
  EXPECT_EQ(Known.find(2)->name(), "name");
  EXPECT_EQ(Known.find(2)->fieldNames()[1], "text");
}

TEST_P(Decode, FieldsOfOneNameApart) {
  Process.event(
      EventBuilder(nullptr, {integer("_", 4, true), integer("_", 4, true),
                             integer("\xff", 4, true)}));
  Events Known = decode(Process.Events);
  ASSERT_NE(Known.find(1), nullptr);
  EXPECT_EQ(Known.find(1)->fieldNames()[0], "_");
  EXPECT_EQ(Known.find(1)->fieldNames()[1], "__1");
  EXPECT_EQ(Known.find(1)->fieldNames()[2], "\xef\xbf\xbd");
}

TEST_P(Decode, EventsBehindADamagedOne) {
  EventBuilder Damaged("%d", {integer("a", 4, true)});
  Damaged.event().name_at = 0x7fffffff;
  Process.event(Damaged);
  Process.event(EventBuilder("%d", {integer("b", 4, true)}));
  Events Known = decode(Process.Events);
  EXPECT_EQ(Known.find(1), nullptr);
  ASSERT_NE(Known.find(2), nullptr);
  EXPECT_EQ(Known.find(2)->fieldNames()[0], "b");
  ASSERT_EQ(Damages.size(), 1u);
  EXPECT_NE(Damages[0].find("event 1 can't be read"), std::string::npos);
}

TEST_P(Decode, NothingOfAnEventThatIsBeingWritten) {
  Process.event(EventBuilder("%d", {integer("a", 4, true)}));
  const size_t One = Process.Events.size();
  Process.event(EventBuilder("%d", {integer("b", 4, true)}));
  for (size_t Size = One; Size < Process.Events.size(); ++Size) {
    Events Known = decode(Process.Events.substr(0, Size));
    EXPECT_NE(Known.find(1), nullptr);
    EXPECT_EQ(Known.find(2), nullptr);
  }
  EXPECT_TRUE(Damages.empty());
}

TEST_P(Decode, AnyBytesWithoutACrash) {
  Process.event(EventBuilder(
      "%s %d", {{"state", TRACE_FIELD_ENUM, 4, 0, {{1, "on"}}}, string("t")}));
  for (size_t At = 0; At < Process.Events.size(); ++At)
    for (char Byte : {'\x00', '\x7f', '\xff'}) {
      std::string File = Process.Events;
      File[At] = Byte;
      decode(File);
    }
}

TEST_P(Decode, Records) {
  Process.event(EventBuilder(
      nullptr, {integer("a", 2, true),
                string("text"),
                integer("b", 8, false),
                {"c", TRACE_FIELD_INTEGER, 4, TRACE_FIELD_ARRAY, {}, 2},
                {"d", TRACE_FIELD_FLOAT, 8, TRACE_FIELD_SEQUENCE, {}, 9}}));
  Events Known = decode(Process.Events);
  Fields Foreign(GetParam()), Native;
  for (Fields *Each : {&Foreign, &Native}) {
    Each->add(int16_t(-2)).text("hi", TRACE_STRING_CUT).add(uint64_t(5));
    Each->add(uint32_t(6)).add(uint32_t(7));
    Each->head(2, TRACE_STRING_WHOLE).add(0.5).add(-1.5);
  }
  const std::string Records = Process.record(0x1122, 1, Foreign, 3) +
                              Process.record(0x1133, 1, Foreign, 4);
  RecordDecoder Decoder(Known, GetParam());
  Decoder.begin(view(Records));
  Record R;
  ASSERT_TRUE(*Decoder.next(R));
  EXPECT_EQ(R.Ticks, 0x1122u);
  EXPECT_EQ(R.Cpu, 3);
  EXPECT_EQ(R.Of, Known.find(1));
  EXPECT_EQ(R.Payload, view(Native.Bytes));
  ASSERT_TRUE(*Decoder.next(R));
  EXPECT_EQ(R.Ticks, 0x1133u);
  EXPECT_FALSE(*Decoder.next(R));
}

TEST_P(Decode, NoRecordThatIsCutOff) {
  Process.event(EventBuilder(nullptr, {string("text")}));
  Events Known = decode(Process.Events);
  const std::string Whole =
      Process.record(1, 1, Fields(GetParam()).text("hello"));
  for (size_t Size = 1; Size < Whole.size(); ++Size) {
    std::string Cut = Whole.substr(0, Size);
    RecordDecoder Decoder(Known, GetParam());
    Decoder.begin(view(Cut));
    Record R;
    EXPECT_NE(errorOf(Decoder.next(R)).find("cut off"), std::string::npos);
  }
}

TEST_P(Decode, NoRecordOfAnUnknownEvent) {
  Events Known = decode("");
  for (uint32_t Id : {0u, 1u, UINT32_MAX}) {
    const std::string Bytes = Process.record(1, Id, Fields(GetParam()));
    RecordDecoder Decoder(Known, GetParam());
    Decoder.begin(view(Bytes));
    Record R;
    EXPECT_NE(errorOf(Decoder.next(R)).find("not known"), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(ByteOrders, Decode,
                         testing::Values(ByteOrder::Native,
                                         ByteOrder::Swapped));

TEST(Clock, IsMonotonicTime) {
  Session S;
  S.Head.frequency = 3'000'000'000;
  S.Head.base = 9'000'000'000;
  S.Head.monotonic = 100'000'000'000;
  EXPECT_EQ(S.monotonic(9'000'000'000), 100'000'000'000u);
  EXPECT_EQ(S.monotonic(9'000'000'003), 100'000'000'001u);
  EXPECT_EQ(S.monotonic(6'000'000'000), 99'000'000'000u); // before the base
  S.Head.frequency = 24'000'000;
  // 10 years of a slow counter, to the nanosecond.
  const uint64_t Seconds = 10ull * 365 * 24 * 3600;
  EXPECT_EQ(S.monotonic(S.Head.base + Seconds * 24'000'000 + 12),
            100'000'000'000u + Seconds * 1'000'000'000 + 500);
}

} // namespace
