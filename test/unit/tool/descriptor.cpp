// Decodes descriptors in either byte order, and names what is damaged.
#include "event.h"
#include "trace/layout.h"
#include "llvm/Support/Endian.h"
#include "gtest/gtest.h"
#include <cstddef>

using namespace llvm;
using namespace trace;

namespace {

// One event, a:b(int x), as the compiler lays it out in that byte order.
class Descriptor {
public:
  explicit Descriptor(bool LittleEndian) {
    Image.LittleEndian = LittleEndian;
    put(offsetof(trace_event, size), uint32_t(Bytes.size()));
    put(offsetof(trace_event, version), uint8_t(TRACE_LAYOUT_VERSION));
    put(offsetof(trace_event, field_count), uint16_t(1));
    put(offsetof(trace_event, key), uint32_t(-16));
    put(offsetof(trace_event, fields_at), uint32_t(sizeof(trace_event)));
    put(offsetof(trace_event, system_at), TextAt);
    put(offsetof(trace_event, name_at), TextAt + 2);
    put(offsetof(trace_event, line), uint32_t(9));
    put(FieldAt + offsetof(trace_field, name_at), TextAt + 4);
    put(FieldAt + offsetof(trace_field, type_at), TextAt + 6);
    put(FieldAt + offsetof(trace_field, size), uint8_t(4));
    put(FieldAt + offsetof(trace_field, flags), uint8_t(TRACE_FIELD_SIGNED));
    StringRef Text("a\0b\0x\0int", 10);
    std::copy(Text.begin(), Text.end(), Bytes.begin() + TextAt);
  }

  template <class T> void put(size_t At, T Value) {
    auto Order = Image.LittleEndian ? endianness::little : endianness::big;
    support::endian::write<T>(&Bytes[At], Value, Order);
  }

  Expected<std::vector<Event>> read() {
    return readDescriptors(Image, {0x1000, Bytes});
  }

  std::string error() {
    auto Events = read();
    return Events ? "none" : toString(Events.takeError());
  }

  static constexpr uint32_t FieldAt = sizeof(trace_event);
  static constexpr uint32_t TextAt = FieldAt + sizeof(trace_field);
  ElfImage Image;
  std::string Bytes = std::string((TextAt + 10 + 7) / 8 * 8, '\0');
};

class Descriptors : public testing::TestWithParam<bool> {};

TEST_P(Descriptors, AreDecoded) {
  Descriptor D(GetParam());
  D.Bytes += D.Bytes;
  auto Events = D.read();
  ASSERT_TRUE(bool(Events)) << toString(Events.takeError());
  ASSERT_EQ(Events->size(), 2u);
  const Event &E = Events->front();
  EXPECT_EQ(E.System + ":" + E.Name, "a:b");
  EXPECT_FALSE(E.Format);
  EXPECT_EQ(E.Line, 9u);
  EXPECT_EQ(E.Key, 0x1000 + offsetof(trace_event, key) - 16);
  ASSERT_EQ(E.Fields.size(), 1u);
  EXPECT_EQ(E.Fields[0], (Field{"x", "int", 4, true}));
}

TEST_P(Descriptors, OfAnotherVersionAreRefused) {
  Descriptor D(GetParam());
  D.put(offsetof(trace_event, version), uint8_t(9));
  EXPECT_NE(D.error().find("layout version 9"), std::string::npos);
}

TEST_P(Descriptors, NeverLeadOutsideThemselves) {
  for (size_t At :
       {offsetof(trace_event, fields_at), offsetof(trace_event, system_at),
        offsetof(trace_event, format_at), offsetof(trace_event, file_at),
        Descriptor::FieldAt + offsetof(trace_field, name_at)}) {
    for (uint32_t Offset : {200u, 0x7fffffffu, 0xffffffffu}) {
      Descriptor D(GetParam());
      D.put(At, Offset);
      EXPECT_NE(D.error().find("damaged event descriptor at 0x0"),
                std::string::npos)
          << At << " " << Offset << ": " << D.error();
    }
  }
}

TEST_P(Descriptors, HaveASizeWithinTheTable) {
  for (uint32_t Size : {0u, 8u, 44u, 0x1000u, 0xfffffff8u}) {
    Descriptor D(GetParam());
    D.put(offsetof(trace_event, size), Size);
    EXPECT_NE(D.error().find("its size is"), std::string::npos) << Size;
  }
  Descriptor D(GetParam());
  D.Bytes.resize(3);
  EXPECT_NE(D.error(), "none");
}

TEST_P(Descriptors, HaveAName) {
  Descriptor D(GetParam());
  D.put(offsetof(trace_event, name_at), uint32_t(0));
  EXPECT_NE(D.error().find("it has no name"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(ByteOrders, Descriptors, testing::Bool());

} // namespace
