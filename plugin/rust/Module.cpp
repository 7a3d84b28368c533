//===- Module.cpp - the text of a Rust module -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Module.h"
#include "Call.h"
#include "collect/Foreign.h"
#include "trace/layout.h"
#include "trace/targets.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace trace {
namespace {

/// rustfmt's max_width.
constexpr size_t LineWidth = 100;

constexpr StringLiteral In = "    ";

/// "a, b", or each on a line of its own between \p Open and \p Close if the
/// line would be too long.
std::string list(StringRef Head, ArrayRef<std::string> Items, StringRef Tail,
                 StringRef Indent) {
  std::string Line =
      (Indent + Head + "(" + join(Items, ", ") + ")" + Tail).str();
  if (Line.size() <= LineWidth)
    return Line;
  Line = (Indent + Head + "(\n").str();
  for (const std::string &Item : Items)
    Line += (Indent + In + Item + ",\n").str();
  return Line + (Indent + ")" + Tail).str();
}

/// A raw string literal of Rust.
std::string raw(StringRef Text) {
  std::string Hashes;
  while (Text.contains("\"" + Hashes))
    Hashes += '#';
  return "r" + Hashes + "\"" + Text.str() + "\"" + Hashes;
}

std::string replaceAll(StringRef Text, StringRef From, StringRef To) {
  std::string Result;
  for (size_t At; (At = Text.find(From)) != StringRef::npos;
       Text = Text.drop_front(At + From.size()))
    Result += (Text.take_front(At) + To).str();
  return Result + Text.str();
}

void writeDocumentation(raw_ostream &OS, ArrayRef<std::string> Lines,
                        StringRef Indent) {
  for (const std::string &Line : Lines)
    OS << Indent << "///" << (Line.empty() ? "" : " ") << Line << '\n';
}

class ModuleWriter {
public:
  ModuleWriter(raw_ostream &OS, const RustTarget &T, StringRef Image)
      : OS(OS), T(T), Image(Image) {}

  void write(const RustSystem &S);

private:
  void writeTargetCheck();
  void writeAssembly(const RustSystem &S);
  void writeStableMacros();
  void writeRegisterCall();
  void writePluginMacros();
  void write(const RustEnumeration &E);
  void write(const RustEvent &E);

  raw_ostream &OS;
  const RustTarget &T;
  StringRef Image;
  bool Stable = false; ///< There is a form without the plugin.
};

void ModuleWriter::writeTargetCheck() {
  unsigned Bits = T.Form.AddressBytes * 8;
  OS << "    #[cfg(not(all(\n"
     << "        target_arch = \"" << T.Arch << "\",\n"
     << "        target_endian = \"" << (T.Form.BigEndian ? "big" : "little")
     << "\",\n"
     << "        target_pointer_width = \"" << Bits << "\"\n"
     << "    )))]\n"
     << "    compile_error! { \"these trace points were written for "
     << T.Triple << "; write them again with --target=\" }\n\n";
}

void ModuleWriter::writeAssembly(const RustSystem &S) {
  // One text of all: a file of assembly may contain each any number of times.
  std::string Text = "\n" + Image.str();
  for (const RustEvent &E : S.Events)
    Text += E.Parts.Assembly;
  OS << "    #[cfg(not(trace_plugin))]\n"
     << "    core::arch::global_asm!(\n"
     << "        " << raw(Text) << ",\n"
     << "        options(" << T.Row->rust_options << "raw)\n"
     << "    );\n\n";
}

void ModuleWriter::writeStableMacros() {
  std::string Name = "trace_site_" + std::to_string(TRACE_LAYOUT_VERSION);
  OS << R"(    // The site: one instruction and its entry in the jump table. The assembler's
    // macro numbers the copies of an inlined call.
    #[cfg(not(trace_plugin))]
    macro_rules! trace_site {
        ($key:literal, $on:block) => {
            core::arch::asm!(
)";
  auto Line = [&](StringRef Text) {
    std::string Escaped = replaceAll(replaceAll(Text, "{", "{{"), "}", "}}");
    OS << "                " << raw(Escaped) << ",\n";
  };
  Line(".ifndef .L" + Name);
  Line(".set .L" + Name + ", 1");
  Line(".macro " + Name + " key, other");
  std::string Body = macroSequence(*T.Row, T.Form);
  for (StringRef Each : split(StringRef(Body).rtrim(), '\n'))
    Line(Each);
  Line(".endm");
  Line(".endif");
  OS << "                concat!(\"" << Name << " \", $key, \", {}\"),\n"
     << "                label $on,\n"
     << "                options(" << T.Row->rust_options << "nomem, nostack"
     << (T.Row->clobbers.empty() ? ", preserves_flags" : "") << ")\n"
     << "            )\n        };\n    }\n\n";
  OS << "    #[cfg(not(trace_plugin))]\n"
        "    macro_rules! trace_event {\n";
  if (!T.Row->rust_call.empty())
    writeRegisterCall();
  OS << R"(        ($key:literal, $thunk:literal, $unlowered:literal, $event:literal
            $(, $name:ident: $type:ty = $value:expr)*) => {{
            unsafe extern "C" {
                #[cold]
                #[link_name = $thunk]
                fn record($($name: $type),*);
            }
            // SAFETY: the assembly changes nothing, and the function reads its arguments alone.
            unsafe { trace_site!($key, { unsafe { record($($value),*) } }) }
        }};
    }

    #[cfg(not(trace_plugin))]
    macro_rules! trace_enabled {
        ($key:literal, $record:literal, $unlowered:literal, $event:literal
            $(, $name:ident: $type:ty)*) => {
            'on: {
                // SAFETY: the assembly changes nothing.
                unsafe { trace_site!($key, { break 'on true }) }
                false
            }
        };
    }

)";
}

/// The arm of trace_event! for arguments in registers.
void ModuleWriter::writeRegisterCall() {
  StringRef Call = T.Row->rust_call;
  OS << R"(        // The function keeps all registers but those that are named, so the code around
        // the site keeps its values where they are.
        ($key:literal, $thunk:literal, $unlowered:literal, $event:literal
            $(, $name:ident: $type:ty = $value:expr)*; $($operand:tt)*) => {
            // SAFETY: the site changes nothing, and the function reads its arguments alone.
            unsafe {
                trace_site!($key, {
                    unsafe {
                        core::arch::asm!(
                            concat!(")"
     << Call.split("$F").first << R"(", $thunk),
                            $($operand)*
)";
  for (StringRef Operands : lostOperands(T))
    OS << "                            " << Operands << '\n';
  StringRef Options = StringRef(T.Row->rust_options).split(',').first;
  if (!Options.empty())
    OS << "                            options(" << Options << ")\n";
  OS << R"(                        )
                    }
                })
            }
        };
)";
}

void ModuleWriter::writePluginMacros() {
  OS << R"(    // The compiler's plugin makes the site of the call, by the event's description.
    #[cfg(trace_plugin)]
    macro_rules! trace_event {
        ($key:literal, $thunk:literal, $unlowered:literal, $event:literal
            $(, $name:ident: $type:ty = $value:expr)* $(; $($operand:tt)*)?) => {{
            unsafe extern "C" {
                #[link_name = $unlowered]
                fn record(event: *const u8 $(, $name: $type)*);
            }
            // SAFETY: the call becomes one of a function that reads its arguments alone.
            unsafe { record($event as *const str as *const u8 $(, $value)*) }
        }};
    }

    #[cfg(trace_plugin)]
    macro_rules! trace_enabled {
        ($key:literal, $record:literal, $unlowered:literal, $event:literal
            $(, $name:ident: $type:ty)*) => {{
            unsafe extern "C" {
                #[link_name = $record]
                fn record(event: *const u8 $(, $name: $type)*);
                #[link_name = $unlowered]
                fn enabled(event: *const u8, record: *const ()) -> bool;
            }
            // SAFETY: the call becomes a branch.
            unsafe { enabled($event as *const str as *const u8, record as *const ()) }
        }};
    }

)";
  if (!Stable)
    OS << "    #[cfg(not(trace_plugin))]\n"
          "    compile_error! {\n"
          "        \"Rust has no stable inline assembly for "
       << T.Triple << "; load the plugin and pass --cfg trace_plugin\"\n"
       << "    }\n\n";
}

void ModuleWriter::write(const RustEnumeration &E) {
  writeDocumentation(OS, E.Documentation, In);
  OS << "    #[repr(" << E.Integer << ")]\n"
     << "    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n"
     << "    pub enum " << E.Name << " {\n";
  SmallVector<std::pair<int64_t, std::string>, 8> Named;
  std::string Aliases;
  for (const Enumerator &V : E.Values) {
    std::string Name = rustIdentifier(V.Name);
    auto Earlier = find_if(Named, [&](auto &N) { return N.first == V.Value; });
    if (Earlier != Named.end()) {
      Aliases += "        pub const " + Name +
                 ": Self = Self::" + Earlier->second + ";\n";
      continue;
    }
    Named.push_back({V.Value, Name});
    std::string Value = E.Integer.front() == 'u'
                            ? std::to_string(static_cast<uint64_t>(V.Value))
                            : std::to_string(V.Value);
    OS << "        " << Name << " = " << Value << ",\n";
  }
  OS << "    }\n\n";
  if (!Aliases.empty())
    OS << "    impl " << E.Name << " {\n" << Aliases << "    }\n\n";
}

void ModuleWriter::write(const RustEvent &E) {
  const trace::Event &D = E.Described;
  writeDocumentation(OS, E.Documentation, In);
  if (!E.Documentation.empty())
    OS << "    ///\n";
  OS << "    /// Trace event `" << D.System << ':' << D.Name
     << "`, declared at " << D.File << ':' << D.Line << ".\n"
     << "    #[inline(always)]\n";
  std::vector<std::string> Parameters;
  for (const RustParameter &P : E.Parameters)
    if (!P.Type.empty())
      Parameters.push_back(P.Name + ": " + P.Type);
  std::string Description = raw(toText(D));
  std::string Name = rustIdentifier(D.Name);
  OS << list("pub fn " + Name, Parameters, " {", In) << '\n'
     << "        trace_event! {\n"
     << "            \"" << E.Parts.Key << "\",\n"
     << "            \"" << E.Parts.Thunk << "\",\n"
     << "            \"" << foreign::Call << E.Parts.Symbol << "\",\n"
     << "            " << Description;
  for (const RustParameter &P : E.Parameters)
    OS << ",\n            " << P.Name << ": " << P.ForeignType << " = "
       << P.Argument;
  if (auto Operands = callOperands(E, T))
    OS << ";\n            " << join(*Operands, "\n            ");
  OS << "\n        }\n    }\n\n"
     << "    /// Whether [`" << Name << "`] is on: for work that only a trace "
     << "needs.\n"
     << "    #[inline(always)]\n"
     << "    pub fn " << D.Name << "_enabled() -> bool {\n"
     << "        trace_enabled! {\n"
     << "            \"" << E.Parts.Key << "\",\n"
     << "            \"" << foreign::Call << E.Parts.Symbol << "\",\n"
     << "            \"" << foreign::Enabled << E.Parts.Symbol << "\",\n"
     << "            " << Description;
  for (const RustParameter &P : E.Parameters)
    OS << ",\n            " << P.Name << ": " << P.ForeignType;
  OS << "\n        }\n    }\n";
}

void ModuleWriter::write(const RustSystem &S) {
  Stable = T.Row && !T.Row->rust.empty();
  OS << "/// The trace events of the system `" << S.Name << "`.\n"
     << "#[allow(\n"
     << "    clippy::all,\n"
     << "    dead_code,\n"
     << "    named_asm_labels,\n"
     << "    non_camel_case_types,\n"
     << "    non_snake_case,\n"
     << "    non_upper_case_globals,\n"
     << "    unexpected_cfgs,\n"
     << "    unused_macros\n"
     << ")]\n"
     << "pub mod " << rustIdentifier(S.Name) << " {\n";
  writeTargetCheck();
  for (const std::string &Import : S.Imports)
    OS << "    pub use super::" << Import << ";\n";
  if (!S.Imports.empty())
    OS << '\n';
  if (Stable) {
    writeStableMacros();
    writeAssembly(S);
  }
  writePluginMacros();
  for (const RustEnumeration &E : S.Enumerations)
    write(E);
  ListSeparator Gap("\n");
  for (const RustEvent &E : S.Events) {
    OS << StringRef(Gap);
    write(E);
  }
  OS << "}\n";
}

} // namespace

void writeRust(raw_ostream &OS, StringRef Header, const RustTarget &T,
               ArrayRef<RustSystem> Systems, StringRef Image) {
  OS << "// The trace events of " << Header << " for " << T.Triple << ".\n"
     << "// Written by the trace plugin from the declarations in C: change "
        "those.\n";
  for (const RustSystem &S : Systems) {
    OS << '\n';
    ModuleWriter(OS, T, Image).write(S);
  }
}

} // namespace trace
