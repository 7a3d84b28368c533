//===- Description.h - an event as Linux's macros want it -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LINUX_DESCRIPTION_H
#define TRACE_PLUGIN_LINUX_DESCRIPTION_H

#include "Event.h"
#include "clang/AST/Decl.h"
#include <string>
#include <vector>

namespace trace {

/// A recorded parameter, in C and in Rust.
struct LinuxField {
  std::string Name;        ///< In the record.
  std::string Parameter;   ///< In the prototype.
  std::string Declaration; ///< The parameter as the prototype declares it.
  std::string Type;        ///< In the record; empty for text.
  std::string Source;      ///< The parameter's own declaration: its exact type.
  std::string Place;       ///< A pointer to one, declared.
  std::string RustType;
  unsigned Argument = 0; ///< Index among the function's parameters.
  bool Cast = false;     ///< Its own type is not that of the prototype.
  uint64_t Count = 0;    ///< Of an array: elements, of Type.
  std::string Length;    ///< Of a buffer: the parameter that is its length.

  bool isText() const { return Type.empty(); }
};

struct LinuxEvent {
  std::string System, Name;
  std::string Symbol; ///< Of the function.
  bool Traced = false;
  std::vector<LinuxField> Fields;
  std::string Format;              ///< For printk.
  std::vector<std::string> Values; ///< What it prints, as C.
};

/// \p F, to which giveMeaning() gave the meaning \p E, in Linux's terms.
LinuxEvent describeForLinux(const clang::FunctionDecl &F, const Event &E);

} // namespace trace

#endif
