//===- Text.cpp - events in the text of Linux's macros --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Text.h"
#include "Sites.h"
#include "trace/layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
namespace path = llvm::sys::path;

namespace trace {
namespace {

/// A list with a separator, or \p None for an empty one.
template <typename Range, typename Fn>
std::string join(const Range &R, StringRef Separator, StringRef None, Fn Each) {
  std::string Text;
  for (const auto &Element : R)
    Text += (Text.empty() ? "" : Separator.str()) + Each(Element);
  return Text.empty() ? None.str() : Text;
}

std::string literal(StringRef Text) {
  std::string Out;
  raw_string_ostream Stream(Out);
  Stream << '"';
  Stream.write_escaped(Text);
  Stream << '"';
  return Out;
}

/// What printk makes of a format that converts nothing: 100%% is 100%.
std::string withoutConversions(StringRef Format) {
  std::string Text;
  for (; !Format.empty(); Format = Format.drop_front()) {
    Text += Format.front();
    Format.consume_front("%");
  }
  return Text;
}

std::string prototype(const LinuxEvent &E) {
  return join(E.Fields, ", ", "int unused",
              [](const LinuxField &F) { return F.Declaration; });
}

/// TRACE_EVENT has no form without parameters.
std::string arguments(const LinuxEvent &E, StringRef None) {
  return join(E.Fields, ", ", None,
              [](const LinuxField &F) { return F.Parameter; });
}

/// As many as are recorded elsewhere: none of a null pointer or for a negative
/// length.
std::string recordedLength(const LinuxField &F, StringRef Type) {
  return F.Parameter + " ? clamp_t(s64, " + F.Length + ", 0, " +
         std::to_string(TRACE_STRING_BYTES_MAX) + " / sizeof(" + Type.str() +
         ")) : 0";
}

void printEvent(raw_ostream &Out, const LinuxEvent &E) {
  Out << "TRACE_EVENT(" << E.Name << ",\n\tTP_PROTO(" << prototype(E)
      << "),\n\tTP_ARGS(" << arguments(E, "unused")
      << "),\n\tTP_STRUCT__entry(\n";
  for (const LinuxField &F : E.Fields)
    if (F.isText() && !F.Length.empty())
      Out << "\t\t__string_len(" << F.Name << ", " << F.Parameter << ", "
          << recordedLength(F, "char") << ")\n";
    else if (F.isText())
      Out << "\t\t__string(" << F.Name << ", " << F.Parameter << ")\n";
    else if (F.Count)
      Out << "\t\t__array(" << F.Type << ", " << F.Name << ", " << F.Count
          << ")\n";
    else if (!F.Length.empty())
      Out << "\t\t__dynamic_array(" << F.Type << ", " << F.Name << ", "
          << recordedLength(F, F.Type) << ")\n";
    else
      Out << "\t\t__field(" << F.Type << ", " << F.Name << ")\n";
  Out << "\t),\n\tTP_fast_assign(\n";
  for (const LinuxField &F : E.Fields)
    if (F.isText())
      Out << "\t\t__assign_str(" << F.Name << ");\n";
    else if (F.Count && F.Type == "char")
      Out << "\t\tstrscpy(__entry->" << F.Name << ", " << F.Parameter
          << ", sizeof(__entry->" << F.Name << "));\n";
    else if (F.Count)
      Out << "\t\tmemcpy(__entry->" << F.Name << ", " << F.Parameter
          << ", sizeof(__entry->" << F.Name << "));\n";
    else if (!F.Length.empty())
      Out << "\t\tmemcpy(__get_dynamic_array(" << F.Name << "), " << F.Parameter
          << ", __get_dynamic_array_len(" << F.Name << "));\n";
    else
      Out << "\t\t__entry->" << F.Name << " = " << F.Parameter << ";\n";
  Out << "\t),\n\tTP_printk(";
  if (E.Values.empty())
    Out << "\"%s\", " << literal(withoutConversions(E.Format));
  else
    Out << literal(E.Format) << ", "
        << join(E.Values, ", ", "", [](auto &V) { return V; });
  Out << ")\n);\n\n";
}

/// Words that are names in C and none in Rust.
constexpr StringRef RustKeywords[] = {
    "as",    "async", "await", "crate", "dyn",  "fn",     "impl",     "in",
    "let",   "loop",  "match", "mod",   "move", "mut",    "pub",      "ref",
    "self",  "Self",  "super", "trait", "type", "unsafe", "use",      "where",
    "yield", "box",   "final", "macro", "priv", "try",    "abstract",
};

std::string rustName(const LinuxField &F) {
  return F.Parameter + (is_contained(RustKeywords, F.Parameter) ? "_" : "");
}

/// A parameter of a function of Rust, and what it hands on.
std::string rustParameter(const LinuxField &F) {
  return rustName(F) + ": " + F.RustType;
}
std::string rustArgument(const LinuxField &F) {
  return rustName(F) + (F.isText() ? ".as_char_ptr()" : "");
}

} // namespace

std::string headerText(const LinuxGroup &Group) {
  std::string Text;
  raw_string_ostream Out(Text);
  std::string Guard = "_TRACE_" + StringRef(Group.Stem).upper() + "_H";
  Out << "/* " << MadeBy << path::filename(Group.Source)
      << "; do not edit. */\n"
      << "#undef TRACE_SYSTEM\n#define TRACE_SYSTEM " << Group.System << '\n';
  // The name of a variable: a source may have several headers of one system.
  if (Group.Stem != Group.System + "_trace")
    Out << "#undef TRACE_SYSTEM_VAR\n#define TRACE_SYSTEM_VAR " << Group.Stem
        << '\n';
  Out << "\n#if !defined(" << Guard
      << ") || defined(TRACE_HEADER_MULTI_READ)\n#define " << Guard
      << "\n\n#include <linux/tracepoint.h>\n\n";
  for (const LinuxEvent &E : Group.Events)
    printEvent(Out, E);
  Out << "#endif /* " << Guard << " */\n\n"
      << "/* Outside of the guard: it is read several times. */\n"
      << "#undef TRACE_INCLUDE_PATH\n#define TRACE_INCLUDE_PATH .\n"
      << "#undef TRACE_INCLUDE_FILE\n#define TRACE_INCLUDE_FILE " << Group.Stem
      << "\n#include <trace/define_trace.h>\n";
  return Text;
}

std::string definitionText(const LinuxGroup &Group) {
  return ("/* " + MadeBy + path::filename(Group.Source) +
          "; do not edit. */\n#define CREATE_TRACE_POINTS\n"
          "#define CREATE_RUST_TRACE_POINTS\n#include \"" +
          Group.Stem + ".h\"\n")
      .str();
}

std::string rustText(const LinuxGroup &Group) {
  std::string Text;
  raw_string_ostream Out(Text);
  Out << "// " << MadeBy << path::filename(Group.Source)
      << "; do not edit.\n#[allow(unused_imports)]\n"
         "use kernel::{bindings, ffi::*, prelude::*, str::CStr};\n";
  for (const LinuxEvent &E : Group.Events) {
    Out << "\nkernel::declare_trace! {\n    /// # Safety\n    ///\n"
           "    /// Always safe to call.\n    unsafe fn "
        << E.Name << "("
        << join(E.Fields, ", ", "unused: c_int",
                [](const LinuxField &F) {
                  return F.isText() ? rustName(F) + ": *const c_char"
                                    : rustParameter(F);
                })
        << ");\n}\n\n#[inline]\npub(crate) fn trace_" << E.Name << "("
        << join(E.Fields, ", ", "", rustParameter)
        << ") {\n    // SAFETY: Always safe to call.\n    unsafe { " << E.Name
        << "(" << join(E.Fields, ", ", "0", rustArgument) << ") }\n}\n";
  }
  return Text;
}

/// The site of an event takes what the event takes; that of a traced function
/// the places of its recorded parameters, since their values may be passed in
/// several ways.
static void printSite(raw_ostream &Out, const LinuxEvent &E) {
  std::string Called = ("trace_linux_" + E.Name);
  auto Value = [&](const LinuxField &F) {
    std::string Name = (E.Traced ? "*" : "") + F.Parameter;
    StringRef Type = F.isText() ? "const char *" : StringRef(F.Type);
    return F.Cast ? ("(" + Type + ")" + Name).str() : Name;
  };
  auto Parameter = [&](const LinuxField &F) {
    return E.Traced ? F.Place : F.Source;
  };
  Out << "static __always_inline __used void " << linux_site::Prefix << E.Name
      << "(" << join(E.Fields, ", ", "void", Parameter) << ")\n{\n\t" << Called
      << "(" << join(E.Fields, ", ", "0", Value) << ");\n}\n"
      << "static __always_inline __used bool " << linux_site::EnabledPrefix
      << E.Name << "(void)\n{\n\treturn " << Called << "_enabled();\n}\n";
}

std::string siteText(const LinuxGroup &Group, StringRef Path) {
  std::string Text;
  raw_string_ostream Out(Text);
  Out << "#include <linux/tracepoint.h>\n#include <linux/trace_events.h>\n";
  // The functions of DECLARE_TRACE would have the names of the declarations.
  for (const LinuxEvent &E : Group.Events)
    Out << "#define trace_" << E.Name << " trace_linux_" << E.Name
        << "\n#define trace_" << E.Name << "_enabled trace_linux_" << E.Name
        << "_enabled\n";
  if (Group.Main)
    Out << "#undef CREATE_TRACE_POINTS\n#define CREATE_TRACE_POINTS\n";
  Out << "#include " << literal(Path) << "\n";
  for (const LinuxEvent &E : Group.Events)
    Out << "#undef trace_" << E.Name << "\n#undef trace_" << E.Name
        << "_enabled\n";
  for (const LinuxEvent &E : Group.Events)
    printSite(Out, E);
  return Text;
}

} // namespace trace
