//===- Standard.h - what the standard library has several of --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_STANDARD_H
#define TRACE_PLUGIN_ATTRIBUTE_STANDARD_H

#include "Event.h"
#include "clang/AST/Type.h"
#include <optional>

namespace trace {

/// A std::string, std::string_view or std::span: where in it, in bytes, are the
/// pointer to its elements and their number.
struct StandardSequence {
  clang::QualType Element;
  uint64_t DataAt = 0;
  std::optional<uint64_t> LengthAt; ///< None: there are always `Count`.
  uint64_t Count = 0;
  /// What may be there instead; its paths have one step.
  std::optional<ShortForm> Short;
};

/// Whether \p T is one of these, or a template of them with other arguments.
bool isStandardSequence(clang::QualType T);

/// Its parts. Nothing if its class is incomplete, or keeps them in a way that
/// is not known here.
std::optional<StandardSequence>
standardSequence(clang::QualType T, const clang::ASTContext &Context);

} // namespace trace

#endif
