// What libFuzzer calls: any bytes as the files of a recording, read by every
// reader. Nothing crashes, and whatever the files hold, text is lines without
// control characters and each line of JSON is JSON.
//
// An input is pieces of files, one behind the other: the number of the file's
// name below, the page at which the piece begins, its size in 16 bits, lower
// half first, its bytes. pack.py makes one of a directory.
#include "fuzz.h"

#include "recording/merge.h"
#include "view/counts.h"
#include "view/exporter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace llvm;
using namespace trace;
using namespace trace::recording;

namespace {

constexpr const char *Names[] = {
    "session",
    "app-1/process",
    "app-1/events",
    "app-1/ring-0",
    "app-1/ring-1",
    "app-1/ctf/stream-0",
    "app-1/ctf/stream-0.1",
    "app-1/ctf/.stream-0",
    "app-1/ctf/stream-1",
    "app-2/process",
    "app-2/events",
    "app-2/ctf/stream-0",
};

void check(bool Holds, StringRef What) {
  if (Holds)
    return;
  errs() << "does not hold: " << What << "\n";
  std::abort();
}

// In memory where there is such a file system.
class Directory {
public:
  Directory() {
    char Template[] = "/dev/shm/recording-XXXXXX";
    char Fallback[] = "/tmp/recording-XXXXXX";
    const char *Made = mkdtemp(Template);
    if (!Made)
      Made = mkdtemp(Fallback);
    check(Made, "a directory is made");
    Path = Made;
    for (const char *Folder : {"/app-1/ctf", "/app-2/ctf"})
      check(!sys::fs::create_directories(Path + Folder), "folders are made");
  }
  ~Directory() { sys::fs::remove_directories(Path); }

  void clear() const {
    for (const char *Name : Names)
      ::unlink((Path + "/" + Name).c_str());
  }

  void write(const char *Name, off_t At, StringRef Bytes) const {
    const int File =
        ::open((Path + "/" + Name).c_str(), O_WRONLY | O_CREAT, 0600);
    const ssize_t Count = ::pwrite(File, Bytes.data(), Bytes.size(), At);
    check(Count == static_cast<ssize_t>(Bytes.size()), "a file is written");
    ::close(File);
  }

  std::string Path;
};

void unpack(const Directory &To, StringRef Input) {
  To.clear();
  const auto Byte = [&](size_t At) { return static_cast<uint8_t>(Input[At]); };
  while (Input.size() >= 4) {
    const char *Name = Names[Byte(0) % std::size(Names)];
    const off_t At = off_t(Byte(1) % 32) * 4096;
    const size_t Size = Byte(2) | size_t(Byte(3)) << 8;
    Input = Input.drop_front(4);
    To.write(Name, At, Input.take_front(Size));
    Input = Input.drop_front(std::min(Size, Input.size()));
  }
}

bool isLine(StringRef Text) {
  return Text.consume_back("\n") && all_of(Text, [](char C) {
           return static_cast<unsigned char>(C) >= 32;
         });
}

// One record in each form.
class Forms {
public:
  explicit Forms(const Recording &From)
      : Text(makeTextExporter(From, TextTo)),
        Json(makeJsonExporter(From, JsonTo)),
        Csv(makeCsvExporter(From, "", CsvTo)),
        Perfetto(makePerfettoExporter(From, PerfettoTo)) {
    check(isLine(CsvLine), "CSV begins with a line");
  }

  void write(const Record &R) {
    for (std::string *Each : {&TextLine, &JsonLine, &CsvLine, &Message})
      Each->clear();
    Text->write(R);
    Json->write(R);
    Csv->write(R);
    Perfetto->write(R);
    check(isLine(TextLine) && !StringRef(TextLine).contains('\x7f'),
          "text is lines");
    check(isLine(JsonLine), "JSON is lines");
    check(isLine(CsvLine), "CSV is lines");
    Expected<json::Value> Parsed = json::parse(JsonLine);
    check(bool(Parsed), "JSON is JSON");
    check(!Message.empty(), "Perfetto gets a message");
  }

private:
  std::string TextLine, JsonLine, CsvLine, Message;
  raw_string_ostream TextTo{TextLine}, JsonTo{JsonLine}, CsvTo{CsvLine},
      PerfettoTo{Message};
  std::unique_ptr<Exporter> Text, Json, Csv, Perfetto;
};

uint64_t readEverything(const std::string &Path) {
  const Report Ignore = [](const Twine &Text) { (void)Text.str(); };
  uint64_t Count = 0;
  if (Expected<Recording> From = Recording::open(Path, Ignore)) {
    Forms All(*From);
    Merge Merged(*From);
    while (const Record *R = Merged.next()) {
      All.write(*R);
      ++Count;
    }
  } else {
    consumeError(From.takeError());
  }
  if (Expected<Recording> From = Recording::open(Path, Ignore)) {
    const Counts Counted = countEvents(*From, Selection(*From, ""));
    check(Counted.Records == Count, "stat counts what view prints");
    raw_null_ostream Nowhere;
    printCounts(Counted, *From, Nowhere);
  } else {
    consumeError(From.takeError());
  }
  return Count;
}

} // namespace

uint64_t recordsIn(StringRef Input) {
  static const Directory Files;
  unpack(Files, Input);
  return readEverything(Files.Path);
}

int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  recordsIn({reinterpret_cast<const char *>(Data), Size});
  return 0;
}
