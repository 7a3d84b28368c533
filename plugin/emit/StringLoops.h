//===- StringLoops.h - loops over a string's bytes ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions that all record functions of an image share. They call nothing: not
// the program's strlen or memcpy, which may be traced or not be there.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_STRINGLOOPS_H
#define TRACE_PLUGIN_EMIT_STRINGLOOPS_H

namespace llvm {
class Function;
} // namespace llvm

namespace trace {

/// word(string, last): how many bytes the string has up to its NUL; something
/// above `last` if none is at `last` or before, as a signed number. Reads no
/// page in which nothing of the string lies.
llvm::Function &countFunction(const llvm::Function &Like);

/// void(to, from, bytes): copies them; there is one at least.
llvm::Function &copyFunction(const llvm::Function &Like);

} // namespace trace

#endif
