//===- Files.h - the files of emit-kernel=DIR -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LINUX_FILES_H
#define TRACE_PLUGIN_LINUX_FILES_H

#include "Text.h"
#include "llvm/ADT/ArrayRef.h"

namespace clang {
class ASTContext;
class DiagnosticsEngine;
} // namespace clang

namespace trace {

/// The events among \p Declared that giveMeaning() accepted, by file and
/// system, in the order of their declarations. Those of included headers come
/// first. Two of one name are an error at the second.
std::vector<LinuxGroup>
groupEvents(llvm::ArrayRef<clang::FunctionDecl *> Declared,
            clang::ASTContext &Context);

bool makeFolder(llvm::StringRef Folder, clang::DiagnosticsEngine &Diags);

/// Writes Folder/STEM.h, unless it is there and the same; its absolute path, or
/// an empty one after an error.
std::string writeHeader(const LinuxGroup &Group, llvm::StringRef Folder,
                        clang::DiagnosticsEngine &Diags);

/// Writes STEM.h, STEM.c and STEM.rs for each group, for a kernel that is built
/// without the plugin. After an error nothing is written.
void writeSources(llvm::ArrayRef<LinuxGroup> Groups, llvm::StringRef Folder,
                  clang::DiagnosticsEngine &Diags);

} // namespace trace

#endif
