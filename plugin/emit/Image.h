//===- Image.h - what each linked image carries once ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_IMAGE_H
#define TRACE_PLUGIN_EMIT_IMAGE_H

namespace llvm {
class Constant;
class GlobalVariable;
class Module;
class StructType;
class Type;
} // namespace llvm

namespace trace {

/// `Target - (address of Base + Offset)` as a trace_rel32.
llvm::Constant *relative(llvm::Constant *Target, llvm::GlobalVariable *Base,
                         unsigned Offset);

/// struct trace_image in the IR of \p M.
llvm::StructType *imageType(llvm::Module &M);

/// The image's writable record. One per linked image: hidden, in a COMDAT.
llvm::GlobalVariable *imageRecord(llvm::Module &M);

/// Puts the image's note into \p M, which leads the run time to the tables,
/// and, in code that may end up in a shared object, a constructor that
/// announces the image to a run time that is there already. Refers to no
/// run-time symbol but that weak one.
void emitImage(llvm::Module &M);

} // namespace trace

#endif
