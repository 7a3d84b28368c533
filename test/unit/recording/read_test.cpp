// A recording's records come in the order of time, from streams and rings, each
// once; one bad file hides no other.
#include "recording_builder.h"

#include "recording/merge.h"

using namespace building;
using namespace trace::recording;

namespace {

class Read : public testing::TestWithParam<ByteOrder> {
protected:
  // An event with a number, which records() shows.
  static EventBuilder numbered() {
    return EventBuilder(nullptr, {integer("n", 4, false)});
  }

  std::string record(const ProcessBuilder &By, uint64_t Ticks, uint32_t N) {
    return By.record(Ticks, 1, Fields(GetParam()).add(N));
  }

  // A packet with one record, whose number is its time.
  std::string packet(const ProcessBuilder &By, uint64_t Sequence, uint32_t N,
                     uint64_t Bytes = 0) {
    return By.packet(Sequence, record(By, N, N), N, Bytes);
  }

  std::vector<uint32_t> records() {
    std::vector<uint32_t> Numbers;
    auto From = Recording.open();
    if (!From) {
      Recording.Damages.push_back(toString(From.takeError()));
      return Numbers;
    }
    Merge Merged(*From);
    while (const Record *R = Merged.next())
      Numbers.push_back(
          loadNumber<uint32_t>(R->Payload.data(), ByteOrder::Native));
    return Numbers;
  }

  using Numbers = std::vector<uint32_t>;
  RecordingBuilder Recording{GetParam()};
};

TEST_P(Read, ThreadsAndProcessesByTime) {
  ProcessBuilder A = Recording.process(1), B = Recording.process(2);
  A.event(numbered());
  B.event(numbered());
  A.write("ctf/stream-0",
          A.packet(0, record(A, 10, 1) + record(A, 30, 3)) +
              A.packet(1, record(A, 50, 5) + record(A, 60, 6), 50));
  A.write("ctf/stream-1", A.packet(0, record(A, 20, 2) + record(A, 70, 7)));
  B.write("ctf/stream-0", B.packet(0, record(B, 40, 4) + record(B, 80, 8)));
  EXPECT_EQ(records(), (Numbers{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_TRUE(Recording.Damages.empty()) << Recording.Damages[0];
}

TEST_P(Read, ManyRingsByTime) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  constexpr uint32_t Rings = 50, Each = 100;
  std::vector<std::string> Content(Rings);
  Numbers Expected;
  for (uint32_t N = 0; N < Rings * Each; ++N) {
    Content[N * 7919u % Rings] += record(A, N / 3, N); // a third is equal
    Expected.push_back(N);
  }
  for (uint32_t Ring = 0; Ring < Rings; ++Ring)
    A.write("ctf/stream-" + std::to_string(Ring), A.packet(0, Content[Ring]));
  Numbers Found = records();
  ASSERT_EQ(Found.size(), Expected.size());
  for (size_t I = 1; I < Found.size(); ++I)
    ASSERT_LE(Found[I - 1] / 3, Found[I] / 3);
  std::sort(Found.begin(), Found.end());
  EXPECT_EQ(Found, Expected);
}

TEST_P(Read, FilesOfAStreamByTheirPackets) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  // stream-0 is gone (--keep), and stream-0.2 was being cut when a kill came.
  A.write("ctf/stream-0.1", packet(A, 10, 1));
  A.write("ctf/.stream-0.2", packet(A, 11, 2));
  A.write("ctf/stream-0.10", packet(A, 13, 4));
  A.write("ctf/stream-0.9", packet(A, 12, 3));
  A.write("ctf/stream-0.9x", "not ours");
  A.write("ctf/metadata", "not read");
  EXPECT_EQ(records(), (Numbers{1, 2, 3, 4}));
  EXPECT_TRUE(Recording.Damages.empty()) << Recording.Damages[0];
}

TEST_P(Read, WhatOnlyTheRingHas) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  // Packet 2 was appended and has grown since; its last file reaches on.
  A.write("ctf/stream-0", packet(A, 1, 1) + packet(A, 2, 2, 64 * 1024));
  A.ring(0, 2,
         {packet(A, 4, 5), packet(A, 1, 1),
          A.packet(2, record(A, 2, 2) + record(A, 3, 3)), packet(A, 3, 4)});
  EXPECT_EQ(records(), (Numbers{1, 2, 3, 4, 5}));
  EXPECT_TRUE(Recording.Damages.empty()) << Recording.Damages[0];
}

TEST_P(Read, ARingWithoutAStream) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  A.ring(3, 0, {packet(A, 4, 4), "", packet(A, 2, 2), packet(A, 3, 3)});
  EXPECT_EQ(records(), (Numbers{2, 3, 4}));
  EXPECT_TRUE(Recording.Damages.empty()) << Recording.Damages[0];
}

TEST_P(Read, NothingThatIsAppendedLater) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  A.write("ctf/stream-0", packet(A, 0, 1, 64 * 1024));
  A.ring(0, 1, {packet(A, 0, 1), packet(A, 1, 2), "", ""});
  auto From = Recording.open();
  ASSERT_TRUE(bool(From));
  // The process goes on: packet 1 grows and is appended, then 2.
  A.write("ctf/stream-0", packet(A, 0, 1) +
                              A.packet(1, record(A, 2, 2) + record(A, 3, 3)) +
                              packet(A, 2, 4, 64 * 1024));
  Merge Merged(*From);
  Numbers Found;
  while (const Record *R = Merged.next())
    Found.push_back(loadNumber<uint32_t>(R->Payload.data(), ByteOrder::Native));
  EXPECT_EQ(Found, (Numbers{1, 2}));
}

TEST_P(Read, OnBehindADamagedPacket) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  std::string Bad = packet(A, 1, 2);
  Bad.replace(0, 200, 200, '\0');
  A.write("ctf/stream-0", packet(A, 0, 1) + Bad + packet(A, 2, 3));
  A.write("ctf/stream-1", packet(A, 0, 4));
  EXPECT_EQ(records(), (Numbers{1, 3, 4}));
  ASSERT_EQ(Recording.Damages.size(), 1u);
  EXPECT_TRUE(Recording.reported("ctf/stream-0: at 0x1000: no packet begins"));
}

TEST_P(Read, OnBehindADamagedRecord) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  A.write("ctf/stream-0",
          A.packet(0, record(A, 1, 1) + A.record(2, 99, Fields(GetParam())) +
                          record(A, 3, 3)) +
              packet(A, 1, 4));
  EXPECT_EQ(records(), (Numbers{1, 4}));
  ASSERT_EQ(Recording.Damages.size(), 1u);
  EXPECT_TRUE(Recording.reported("event 99, which is not known"));
}

TEST_P(Read, WhatIsLeftOfACutFile) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  const std::string Two = record(A, 1, 1) + record(A, 2, 2);
  std::string File = A.packet(0, Two);
  A.write("ctf/stream-0", File.substr(0, sizeof(trace_packet) + 20));
  EXPECT_EQ(records(), (Numbers{1}));
  EXPECT_TRUE(Recording.reported("the packet is cut off"));
}

TEST_P(Read, PastEmptyAndForeignFiles) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  A.write("ctf/stream-0", "");
  A.write("ctf/stream-1", std::string(9000, '\0'));
  A.write("ctf/stream-2", "hello");
  A.write("ctf/stream-3", packet(A, 0, 3));
  A.write("ring-0", "");
  A.write("ring-1", std::string(9000, 'x'));
  A.write("ring-x", "");
  EXPECT_EQ(records(), (Numbers{3}));
  EXPECT_FALSE(Recording.reported("stream-0:"));
  EXPECT_TRUE(Recording.reported("stream-1: at 0x0:"));
  EXPECT_TRUE(Recording.reported("stream-2: at 0x0:"));
  EXPECT_TRUE(Recording.reported("ring-1: not a ring"));
}

// A kill may come between the making of a file and its first words.
TEST_P(Read, WithoutComplaintOfFilesThatWereBeingMade) {
  ProcessBuilder A = Recording.process(1), B = Recording.process(2);
  A.event(numbered());
  A.write("ctf/stream-0", packet(A, 0, 1));
  A.write("ctf/.new-1", std::string(64 * 1024, '\0'));
  A.write("ring-1", std::string(64 * 1024, '\0'));
  B.write("process", std::string(TRACE_PROCESS_BYTES, '\0'));
  EXPECT_EQ(records(), (Numbers{1}));
  EXPECT_TRUE(Recording.Damages.empty()) << Recording.Damages[0];
}

TEST_P(Read, OtherProcessesThanTheDamaged) {
  ProcessBuilder A = Recording.process(1), B = Recording.process(2),
                 C = Recording.process(3);
  for (ProcessBuilder *Each : {&A, &B, &C})
    Each->event(numbered());
  A.write("ctf/stream-0", packet(A, 0, 1));
  B.write("ctf/stream-0", packet(B, 0, 2));
  C.write("ctf/stream-0", packet(C, 0, 3));
  A.write("events", std::string(64, '\xee'));
  B.write("process", "short"); // its records need it not
  EXPECT_EQ(records(), (Numbers{2, 3}));
  EXPECT_TRUE(Recording.reported("app-1/events"));
  EXPECT_TRUE(Recording.reported("app-2/process: cut off"));
}

TEST_P(Read, WithoutASession) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  A.write("ctf/stream-0", packet(A, 0, 1));
  llvm::sys::fs::remove(Recording.Path + "/session");
  EXPECT_EQ(records(), (Numbers{1}));
  EXPECT_TRUE(Recording.reported("unknown clock"));
}

TEST_P(Read, OneProcessAlone) {
  ProcessBuilder A = Recording.process(1), B = Recording.process(2);
  A.event(numbered());
  B.event(numbered());
  A.write("ctf/stream-0", packet(A, 0, 1));
  B.write("ctf/stream-0", packet(B, 0, 2));
  auto From = Recording::open(B.Path + "/", [](const llvm::Twine &) {});
  ASSERT_TRUE(bool(From)) << toString(From.takeError());
  ASSERT_EQ(From->processes().size(), 1u);
  EXPECT_EQ(From->processes()[0]->Name, "app-2");
  EXPECT_EQ(From->session().Head.frequency, Recording.Session.frequency);
}

TEST_P(Read, NoDirectoryOfAnotherKind) {
  llvm::sys::fs::remove(Recording.Path + "/session");
  EXPECT_TRUE(records().empty());
  EXPECT_TRUE(Recording.reported("not a recording"));
  Recording.Path += "/nowhere";
  EXPECT_TRUE(records().empty());
  EXPECT_TRUE(Recording.reported("nowhere: No such file"));
}

TEST_P(Read, NoFileThatWouldBlockOrLeadElsewhere) {
  ProcessBuilder A = Recording.process();
  A.event(numbered());
  A.write("ctf/stream-0", packet(A, 0, 1));
  ASSERT_EQ(mkfifo((A.Path + "/ctf/stream-1").c_str(), 0600), 0);
  ASSERT_EQ(symlink("stream-0", (A.Path + "/ctf/stream-2").c_str()), 0);
  EXPECT_EQ(records(), (Numbers{1}));
  EXPECT_TRUE(Recording.reported("stream-1: not a regular file"));
  EXPECT_TRUE(Recording.reported("stream-2"));
}

// Each byte of each file in turn.
TEST_P(Read, DamagedBytesWithoutACrash) {
  ProcessBuilder A = Recording.process();
  A.event(EventBuilder(nullptr, {integer("n", 4, false), string("text")}));
  const std::string Packet = A.packet(
      0, A.record(1, 1, Fields(GetParam()).add(uint32_t(1)).text("hi")));
  const std::string Stream = Packet.substr(0, 160);
  A.write("ctf/stream-0", Stream);
  for (size_t At = 0; At < Stream.size(); ++At)
    for (char Byte : {'\x00', '\x7f', '\xff'}) {
      std::string Damaged = Stream;
      Damaged[At] = Byte;
      A.write("ctf/stream-0", Damaged);
      records();
    }
}

INSTANTIATE_TEST_SUITE_P(ByteOrders, Read,
                         testing::Values(ByteOrder::Native,
                                         ByteOrder::Swapped));

} // namespace
