//===- protobuf.h - A message in protobuf's encoding ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// https://protobuf.dev/programming-guides/encoding: a field is its number and
// wire type in one varint, then its value.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_PROTOBUF_H
#define TRACE_TOOL_VIEW_PROTOBUF_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"

namespace trace {

class Message {
public:
  /// Of the types uint32, uint64, bool and enumerations; int32 and int64 are
  /// the same, sign-extended to 64 bits.
  Message &number(unsigned Field, uint64_t Value) {
    head(Field, Varint);
    varint(Value);
    return *this;
  }
  Message &number(unsigned Field, double Value) {
    head(Field, Fixed64);
    char Buffer[sizeof Value];
    llvm::support::endian::write<uint64_t>(
        Buffer, llvm::bit_cast<uint64_t>(Value), llvm::endianness::little);
    Encoded.append(Buffer, Buffer + sizeof Buffer);
    return *this;
  }
  /// Of the types string, which is UTF-8, and bytes.
  Message &text(unsigned Field, llvm::StringRef Value) {
    head(Field, Length);
    varint(Value.size());
    Encoded += Value;
    return *this;
  }
  Message &message(unsigned Field, const Message &Value) {
    return text(Field, Value.Encoded);
  }

  bool empty() const { return Encoded.empty(); }
  void clear() { Encoded.clear(); }
  llvm::StringRef encoded() const { return Encoded; }

private:
  enum WireType { Varint = 0, Fixed64 = 1, Length = 2 };

  void head(unsigned Field, WireType Type) {
    varint(uint64_t(Field) << 3 | Type);
  }
  void varint(uint64_t Value) {
    uint8_t Buffer[10];
    unsigned Count = llvm::encodeULEB128(Value, Buffer);
    Encoded.append(Buffer, Buffer + Count);
  }

  llvm::SmallString<256> Encoded;
};

} // namespace trace

#endif
