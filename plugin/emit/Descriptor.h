//===- Descriptor.h - an event as data ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_DESCRIPTOR_H
#define TRACE_PLUGIN_EMIT_DESCRIPTOR_H

#include "Event.h"
#include "Options.h"
#include "llvm/ADT/Twine.h"

namespace llvm {
class GlobalVariable;
class Module;
} // namespace llvm

namespace trace {

/// Bytes of a record's payload without what its heads say the length of.
unsigned payloadBytes(const Event &E);

/// A trace_event with all that it owns. The caller gives it its linkage.
llvm::GlobalVariable *makeDescriptor(llvm::Module &M, const Event &E,
                                     llvm::GlobalVariable *Key, Usdt Probes,
                                     const llvm::Twine &Name);

} // namespace trace

#endif
