//===- Sites.h - calls of events become Linux's own sites -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With abi=linux an event is what Linux's TRACE_EVENT makes of it. The end of
// the source (EndOfFile.h) has, for each event, an always_inline function that
// does what trace_NAME() of Linux does, and one for trace_NAME_enabled(). The
// passes put them where the source calls the event or enters the function.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LINUX_SITES_H
#define TRACE_PLUGIN_LINUX_SITES_H

#include "Event.h"
#include "split/Purity.h"
#include "llvm/ADT/ArrayRef.h"

namespace llvm {
class BranchInst;
class CallInst;
class Function;
class Module;
} // namespace llvm

namespace trace {

/// The names of the functions: one of these, and the event's.
namespace linux_site {
inline constexpr llvm::StringLiteral Prefix = "trace_site_of_";
inline constexpr llvm::StringLiteral EnabledPrefix = "trace_enabled_of_";
} // namespace linux_site

/// The two functions of an event; both null, after an error, if the source was
/// compiled without them.
struct LinuxSite {
  llvm::Function *Record = nullptr;
  llvm::Function *Enabled = nullptr;
};
LinuxSite linuxSiteOf(const Event &E, llvm::Function &F);

/// Makes \p Call, of an event, one of its site, behind a branch that leaves out
/// what only the arguments need.
void siteCall(llvm::CallInst &Call, const LinuxSite &Site, Purity &P);

/// Puts a site at the entry of \p F.
void siteEntry(llvm::Function &F, const Event &E, const LinuxSite &Site);

/// The functions need no longer be kept: those that are used are inlined.
void releaseLinuxSites(llvm::Module &M);

} // namespace trace

#endif
