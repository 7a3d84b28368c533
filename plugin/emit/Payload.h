//===- Payload.h - a record's fields, measured and stored -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_PAYLOAD_H
#define TRACE_PLUGIN_EMIT_PAYLOAD_H

#include "Event.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// Calls a function of the image's record.
llvm::CallInst *callImage(llvm::IRBuilder<> &B, llvm::StringRef Member,
                          llvm::Type *Result,
                          llvm::ArrayRef<llvm::Value *> Arguments);

/// Loads a number of the image's record.
llvm::Value *loadImage(llvm::IRBuilder<> &B, llvm::StringRef Member);

/// A string that was measured.
struct MeasuredString {
  llvm::Value *Characters = nullptr; ///< pointer
  llvm::Value *Length = nullptr;     ///< of those that are recorded; a word
  llvm::Value *Head = nullptr;       ///< TRACE_STRING_HEAD; inline only
};

/// By whom strings are measured and copied.
enum class StringWay {
  Library, ///< the image's record's functions, which may survive bad pointers
  Inline,  ///< by loops, without a call
};

/// The fields of one record. Between measure() and store() the caller makes
/// room. Blocks are added to the function as needed.
class Payload {
public:
  Payload(llvm::IRBuilder<> &B, llvm::Function &Thunk, const Event &E,
          StringWay Way)
      : B(B), Thunk(Thunk), E(E), Way(Way) {}

  /// How many bytes they take; a word.
  llvm::Value *measure();

  /// One field after the other, without padding, from \p At on.
  void store(llvm::Value *At);

private:
  MeasuredString measureInline(llvm::Value *String);
  llvm::Value *storeInline(llvm::Value *At, const MeasuredString &S);
  void copyInline(llvm::Value *To, const MeasuredString &S);
  llvm::BasicBlock *block(const llvm::Twine &Name);

  llvm::IRBuilder<> &B;
  llvm::Function &Thunk;
  const Event &E;
  StringWay Way;
  llvm::SmallVector<MeasuredString, 4> Strings;
};

} // namespace trace

#endif
