//===- Parts.h - the parts of an event as assembly ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Rust program may have no C object in it, and a Rust compiler without the
// plugin makes no COMDAT group. So a Rust module carries the parts of its
// events as text: what the plugin makes of the declaration in C, compiled to
// assembly here. The groups are C's own, by name and content, and the linker
// keeps one of each, whichever language it comes from.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_RUST_PARTS_H
#define TRACE_PLUGIN_RUST_PARTS_H

#include "Options.h"
#include "clang/AST/Decl.h"
#include <memory>
#include <optional>
#include <string>

namespace clang {
class CompilerInstance;
} // namespace clang
namespace llvm {
class LLVMContext;
class Module;
class TargetMachine;
} // namespace llvm

namespace trace {

struct Target;

/// Assembly that a translation unit may contain any number of times.
struct RustParts {
  std::string Symbol;   ///< The event's own, as C knows it.
  std::string Key;      ///< The key's symbol.
  std::string Thunk;    ///< The thunk's symbol.
  bool KeepsRegisters;  ///< The thunk does: it is preserve_most.
  std::string Assembly; ///< Key, descriptor, thunk, the event's own symbol.
};

class PartsCompiler {
public:
  PartsCompiler(clang::CompilerInstance &CI, Usdt Probes);
  ~PartsCompiler();

  /// The parts of \p Event, to which giveMeaning() has attached its meaning.
  /// Reports what it can't compile; then there are none.
  std::optional<RustParts> compile(const clang::FunctionDecl &Event);

  /// What an image carries once, besides events. After compile().
  std::string image();

  /// The architecture's row, found by the first event; null: it has none.
  const Target *target() const { return Row; }

private:
  std::string sharedText(const llvm::Module &M, llvm::StringRef Name);
  std::string assemble(llvm::Module &M, llvm::StringRef Guard);

  clang::CompilerInstance &CI;
  Usdt Probes;
  std::unique_ptr<llvm::LLVMContext> Context;
  std::unique_ptr<llvm::TargetMachine> Machine;
  std::unique_ptr<llvm::Module> Empty; ///< Of the same target.
  const Target *Row = nullptr;
};

} // namespace trace

#endif
