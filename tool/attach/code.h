//===- code.h - Changing the code of a running process ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_CODE_H
#define TRACE_TOOL_ATTACH_CODE_H

#include "../../runtime/arch/change.h"
#include "cores.h"
#include "image.h"

namespace trace {

/// Adds the change that brings the site into the state, if it isn't. Refused if
/// it holds none of its forms, nor what the steps between them leave.
llvm::Error collectSite(PageCache &Memory, const LiveImage &Image,
                        const LiveSite &Site, bool On,
                        std::vector<arch::SiteChange> &Changes);

/// Does all changes, by the architecture's steps, with every processor
/// synchronised after each. Killed in between, it leaves sites that run as a
/// nop or as a jump, and that collectSite knows.
llvm::Error writeSites(const ProcessMemory &Memory, const Cores &Processors,
                       std::vector<arch::SiteChange> Changes);

} // namespace trace

#endif
