//===- ProbeCheck.h - a probe has its event's parameters ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_PROBECHECK_H
#define TRACE_PLUGIN_ATTRIBUTE_PROBECHECK_H

namespace clang {
class ASTContext;
class CallExpr;
class FunctionDecl;
class SourceLocation;
} // namespace clang

namespace trace {

/// Whether the arguments of \p F are an event and its probe: trace_event_of(),
/// trace_probe_of().
bool namesProbe(const clang::FunctionDecl &F);

/// Reports at \p Where if the probe in \p Call, of such a function, is no
/// void(void *, PARAMETERS OF THE EVENT), or if the event can't have one.
void checkProbe(const clang::CallExpr &Call, clang::SourceLocation Where,
                clang::ASTContext &Context);

} // namespace trace

#endif
