// emit-kernel=DIR writes what a kernel without the plugin wants of the events
// of a file: TRACE_EVENT with fields, assignment and print format, the source
// that defines it, declare_trace! and a function for Rust.
// RUN: rm -rf %t && mkdir %t && cp %s %t/rust_sample.h
// RUN: %clang_trace -fplugin-arg-trace-emit-kernel=%t -fsyntax-only -x c %t/rust_sample.h
// RUN: FileCheck --check-prefix=SAMPLE --match-full-lines --strict-whitespace %s < %t/rust_sample_trace.h
// RUN: FileCheck --check-prefix=EVENTS --match-full-lines %s < %t/rust_sample_trace.h
// RUN: FileCheck --check-prefix=SOURCE --match-full-lines %s < %t/rust_sample_trace.c
// RUN: FileCheck --check-prefix=RUST --match-full-lines --strict-whitespace %s < %t/rust_sample_trace.rs
//
// A second time nothing is written; a file of someone else is left alone.
// RUN: touch -d 2001-01-01 %t/rust_sample_trace.h
// RUN: %clang_trace -fplugin-arg-trace-emit-kernel=%t -fsyntax-only -x c %t/rust_sample.h
// RUN: find %t -name rust_sample_trace.h -not -newermt 2002-01-01 | FileCheck --check-prefix=SAME %s
// SAME: rust_sample_trace.h
// RUN: echo "int mine;" > %t/rust_sample_trace.h
// RUN: not %clang_trace -fplugin-arg-trace-emit-kernel=%t -fsyntax-only -x c %t/rust_sample.h 2>&1 | FileCheck --check-prefix=MINE %s
// MINE: error: '{{.*}}rust_sample_trace.h' was not made by the trace plugin and is left alone
// RUN: grep -qx "int mine;" %t/rust_sample_trace.h
typedef unsigned char u8;
typedef unsigned long long u64;
enum colour { RED, GREEN = 7, CRIMSON = 0 };
struct file;

//      SAMPLE:/* Made by the trace plugin from rust_sample.h; do not edit. */
// SAMPLE-NEXT:#undef TRACE_SYSTEM
// SAMPLE-NEXT:#define TRACE_SYSTEM rust_sample
// SAMPLE-EMPTY:
// SAMPLE-NEXT:#if !defined(_TRACE_RUST_SAMPLE_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
// SAMPLE-NEXT:#define _TRACE_RUST_SAMPLE_TRACE_H
// SAMPLE-EMPTY:
// SAMPLE-NEXT:#include <linux/tracepoint.h>
// SAMPLE-EMPTY:
// SAMPLE-NEXT:TRACE_EVENT(rust_sample_loaded,
// SAMPLE-NEXT:	TP_PROTO(int magic_number),
// SAMPLE-NEXT:	TP_ARGS(magic_number),
// SAMPLE-NEXT:	TP_STRUCT__entry(
// SAMPLE-NEXT:		__field(int, magic_number)
// SAMPLE-NEXT:	),
// SAMPLE-NEXT:	TP_fast_assign(
// SAMPLE-NEXT:		__entry->magic_number = magic_number;
// SAMPLE-NEXT:	),
// SAMPLE-NEXT:	TP_printk("magic=%d", __entry->magic_number)
// SAMPLE-NEXT:);
//      SAMPLE:#endif /* _TRACE_RUST_SAMPLE_TRACE_H */
//      SAMPLE:#undef TRACE_INCLUDE_PATH
// SAMPLE-NEXT:#define TRACE_INCLUDE_PATH .
// SAMPLE-NEXT:#undef TRACE_INCLUDE_FILE
// SAMPLE-NEXT:#define TRACE_INCLUDE_FILE rust_sample_trace
// SAMPLE-NEXT:#include <trace/define_trace.h>
//   SAMPLE-NOT:{{.}}
//
//      SOURCE:#define CREATE_TRACE_POINTS
// SOURCE-NEXT:#define CREATE_RUST_TRACE_POINTS
// SOURCE-NEXT:#include "rust_sample_trace.h"
//
//      RUST:kernel::declare_trace! {
// RUST-NEXT:    /// # Safety
// RUST-NEXT:    ///
// RUST-NEXT:    /// Always safe to call.
// RUST-NEXT:    unsafe fn rust_sample_loaded(magic_number: c_int);
// RUST-NEXT:}
// RUST-EMPTY:
// RUST-NEXT:#[inline]
// RUST-NEXT:pub(crate) fn trace_rust_sample_loaded(magic_number: c_int) {
// RUST-NEXT:    // SAFETY: Always safe to call.
// RUST-NEXT:    unsafe { rust_sample_loaded(magic_number) }
// RUST-NEXT:}
[[trace::point("magic=%d")]]
void trace_rust_sample_loaded(int magic_number);

// EVENTS:TRACE_EVENT(nothing,
// EVENTS-NEXT:TP_PROTO(int unused),
// EVENTS-NEXT:TP_ARGS(unused),
// EVENTS-NEXT:TP_STRUCT__entry(
// EVENTS-NEXT:),
// EVENTS-NEXT:TP_fast_assign(
// EVENTS-NEXT:),
// EVENTS-NEXT:TP_printk("%s", "")
// RUST:    unsafe fn nothing(unused: c_int);
// RUST:pub(crate) fn trace_nothing() {
// RUST:    unsafe { nothing(0) }
[[trace::point]] void trace_nothing(void);

// EVENTS:TRACE_EVENT(marked,
// EVENTS:TP_printk("%s", "50% of 100%")
[[trace::point("50%% of 100%%")]] void trace_marked(void);

// Text is copied; a pointer is an address of its type. Without a format each
// field is shown by its name.
// EVENTS:TP_PROTO(const char *name, struct file *file, u8 small, u64 large, enum colour c, long l),
// EVENTS:__string(name, name)
// EVENTS-NEXT:__field(struct file *, file)
// EVENTS-NEXT:__field(u8, small)
// EVENTS-NEXT:__field(u64, large)
// EVENTS-NEXT:__field(enum colour, c)
// EVENTS-NEXT:__field(long, l)
// EVENTS:__assign_str(name);
// EVENTS-NEXT:__entry->file = file;
// EVENTS:TP_printk("name=%s file=%p small=%u large=%llu c=%s l=%ld", __get_str(name), __entry->file, __entry->small, __entry->large, __print_symbolic(__entry->c, { 0, "RED" }, { 7, "GREEN" }), __entry->l)
// RUST:    unsafe fn typed(name: *const c_char, file: *mut bindings::file, small: c_uchar, large: c_ulonglong, c: c_uint, l: c_long);
// RUST:pub(crate) fn trace_typed(name: &CStr, file: *mut bindings::file, small: c_uchar, large: c_ulonglong, c: c_uint, l: c_long) {
// RUST:    unsafe { typed(name.as_char_ptr(), file, small, large, c, l) }
[[trace::point]] void trace_typed(const char *name, struct file *file, u8 small, u64 large, enum colour c, long l);

// What has no simple name is an address; the format's order, and an
// enumeration both ways; characters that C escapes; a newline at the end.
// EVENTS:TP_PROTO(int width, enum colour c, enum colour d, const char *text, const void *function),
// EVENTS:TP_printk("100%% \"\\ %5d %d %s %s %p", __entry->width, __entry->c, __print_symbolic(__entry->d, { 0, "RED" }, { 7, "GREEN" }), __get_str(text), __entry->function)
[[trace::point("100%% \"\\ %5d %d %s %s %p\n")]]
void trace_ordered(int width, enum colour c, enum colour d, unsigned char *text, int (*function)(int, int));

// Names of variables that Linux's macros make, and a word of Rust's.
// EVENTS:TP_PROTO(int entry_, int ent, int type),
// EVENTS-NEXT:TP_ARGS(entry_, ent, type),
// EVENTS:__field(int, entry)
// EVENTS-NEXT:__field(int, ent_)
// EVENTS:TP_printk("entry=%d ent=%d type=%d", __entry->entry, __entry->ent_, __entry->type)
// RUST:    unsafe fn taken(entry_: c_int, ent: c_int, type_: c_int);
// RUST:    unsafe { taken(entry_, ent, type_) }
[[trace::point]] void trace_taken(int entry, int ent, int type);

// Buffers, arrays and flags have the kernel's own forms.
// EVENTS:TP_PROTO(const void *data, const int *numbers, const char *text, int n, const short *two, enum colour c, unsigned int f),
// EVENTS:__dynamic_array(u8, data, data ? clamp_t(s64, n, 0, 1024 / sizeof(u8)) : 0)
// EVENTS-NEXT:__dynamic_array(int, numbers, numbers ? clamp_t(s64, n, 0, 1024 / sizeof(int)) : 0)
// EVENTS-NEXT:__string_len(text, text, text ? clamp_t(s64, n, 0, 1024 / sizeof(char)) : 0)
// EVENTS-NEXT:__field(int, n)
// EVENTS-NEXT:__array(short, two, 2)
// EVENTS-NEXT:__field(enum colour, c)
// EVENTS-NEXT:__field(unsigned int, f)
// EVENTS:memcpy(__get_dynamic_array(data), data, __get_dynamic_array_len(data));
// EVENTS-NEXT:memcpy(__get_dynamic_array(numbers), numbers, __get_dynamic_array_len(numbers));
// EVENTS-NEXT:__assign_str(text);
// EVENTS-NEXT:__entry->n = n;
// EVENTS-NEXT:memcpy(__entry->two, two, sizeof(__entry->two));
// EVENTS:TP_printk("data=%s numbers=%s text=%s n=%d two=%s c=%s f=%s", __print_hex(__get_dynamic_array(data), __get_dynamic_array_len(data)), __print_array(__get_dynamic_array(numbers), __get_dynamic_array_len(numbers) / 4, 4), __get_str(text), __entry->n, __print_array(__entry->two, 2, 2), __print_flags(__entry->c, "|", { 0, "RED" }, { 7, "GREEN" }), __print_flags(__entry->f, "|", { 0, "RED" }, { 7, "GREEN" }))
[[trace::point]]
void trace_several([[trace::bytes("n")]] const void *data, [[trace::bytes("n")]] const int *numbers,
                   [[trace::bytes("n")]] const char *text, int n, const short two[static 2],
                   [[trace::flags]] enum colour c, [[trace::flags("colour")]] unsigned f);
