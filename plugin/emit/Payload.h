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

/// Where it says who wants the event of \p Descriptor: trace_key.wanted.
llvm::Value *wantedOf(llvm::IRBuilder<> &B, llvm::Value *Descriptor);

/// Whether records differ in how large the field is, and say so.
bool hasHead(const Field &F);

/// A string or sequence that was measured.
struct Measured {
  llvm::Value *From = nullptr;  ///< pointer
  llvm::Value *Bytes = nullptr; ///< of those that are recorded; a word
  /// TRACE_STRING_HEAD. Null: the library knows it (string_bytes).
  llvm::Value *Head = nullptr;
};

/// By whom strings are measured and copied.
enum class StringWay {
  Library, ///< the image's record's functions, which may survive bad pointers
  Inline,  ///< by loops, in functions that all of an image's share
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
  Measured measure(const Field &F, unsigned Value);
  Measured measureString(llvm::Value *String, uint64_t BytesMax);
  Measured measureSized(const Field &F, llvm::Value *From, llvm::Value *Length);
  llvm::Value *lengthOf(const Field &F, unsigned Value);
  Measured finish(Measured M, llvm::Value *Count, llvm::Value *State);
  llvm::Value *storeMeasured(llvm::Value *At, const Field &F,
                             const Measured &M);
  llvm::Value *storeInline(llvm::Value *At, const Measured &M);
  void copyInline(llvm::Value *To, const Measured &M);
  void copyFixed(llvm::Value *To, llvm::Value *From, uint64_t Bytes);
  llvm::BasicBlock *block(const llvm::Twine &Name);
  llvm::ConstantInt *word(uint64_t N) const;

  llvm::IRBuilder<> &B;
  llvm::Function &Thunk;
  const Event &E;
  StringWay Way;
  llvm::SmallVector<Measured, 4> Sized; ///< In the fields' order.
};

} // namespace trace

#endif
