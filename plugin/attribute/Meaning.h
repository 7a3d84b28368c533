//===- Meaning.h - what an attribute means on its function ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A void function named trace_... without a body is an event; its calls are the
// sites. A function with a body is traced itself. Any other function is traced
// where it is defined. Which of the three holds is known at the end of the
// translation unit.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_MEANING_H
#define TRACE_PLUGIN_ATTRIBUTE_MEANING_H

#include "Event.h"
#include "Options.h"
#include "clang/AST/Decl.h"

namespace trace {

/// Whether \p F is declared as a trace point, named as an event and has no body
/// so far.
bool isEvent(const clang::FunctionDecl &F);

/// Checks the trace point \p F and attaches the Event that it describes to each
/// of its declarations, for the IR passes. \p F is not dependent. Says what is
/// wrong, where, and what to write instead. \p Remarks: also say what is left
/// out where a pragma put the attribute.
void giveMeaning(clang::FunctionDecl &F, const Options &Opts, bool Remarks);

/// What giveMeaning() has attached; nothing after an error.
std::optional<Event> meaningOf(const clang::FunctionDecl &F);

} // namespace trace

#endif
