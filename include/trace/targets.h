/* targets.h - the facts of each architecture, one row each.
 *
 * Read by the plugin (the texts), the run-time library and the command (sizes),
 * the tests (what to run) and docs/targets.md, which is generated from it. How
 * an instruction is encoded is a pure function in runtime/arch/.
 *
 * C++20. Not for programs: nothing that a program includes includes this.
 */
#ifndef TRACE_TARGETS_H
#define TRACE_TARGETS_H

#include <stdint.h>
#include <string_view>

namespace trace {

/* What -fplugin-arg-trace-abi=linux emits: the text of Linux 6.12's own
 * arch/NAME/include/asm/jump_label.h. An entry is {code, target, key}:
 * relative, 4, 4 and address-sized bytes that count from themselves; else three
 * addresses.
 */
struct LinuxTarget {
  std::string_view align = {}, nop = {}, jump = {}; /* as in Target; none: Linux
                                                      has no jump labels */
  bool relative = true;
  bool table_aligned = false;  /* entries are aligned to their last member */
  int address_bytes = 0;       /* in an entry; 0: as large as an address is */
  bool branch_operand = false; /* branch is an operand of its own, which the
                                  inliner counts, not added to the key's */
  std::string_view clobbers = {}; /* what Clang adds to every asm */
};

/* How the code behind a site records without the library (recording.h,
 * trace_ring). Only on 64-bit architectures, whose stores of 8 bytes are whole
 * and whose C functions get their first six integers in registers (layout.h,
 * numbers). None: it takes the library's way. The texts are LLVM's inline
 * assembly, with its constraints.
 */
struct RecordTarget {
  bool known = false;
  /* The address space of LLVM in which an address counts from the thread
   * pointer; 0: llvm.thread.pointer gives the pointer. */
  unsigned thread_space = 0;
  /* Reads the counter that runtime/arch/counter.cpp reads, into $0. Without
   * constraints: the intrinsic of LLVM that does. */
  std::string_view counter = {}, counter_constraints = {};
  /* If the 8 bytes at $3 are $4, stores $2 there; $0: what they were; $1:
   * whether they were. Adds 1 to the 8 bytes at $0. Whole for signal handlers
   * of the same thread; other threads don't look. None: LLVM's atomic
   * operations are as good. */
  std::string_view exchange = {}, exchange_constraints = {};
  std::string_view increment = {}, increment_constraints = {};
  /* Added to the function's target-features, as LLVM names them: for atomic
   * operations that call nothing. */
  std::string_view features = {};
};

struct Target {
  std::string_view name;
  std::string_view arches; /* LLVM's names, separated by spaces */
  /* A function's "target-features" must have one of these, if any is listed,
   * and none of those. Of several rows, the first that fits counts. */
  std::string_view feature = {}, without = {};
  int site_bytes; /* what is patched */

  /* The assembly of a site. $L: the label of its other side. align stands
   * before the site's label; what it leaves to run has no effect. */
  std::string_view align = {}, nop, jump;
  /* LLVM's constraint for what a site may change. Neither nop nor jump does,
   * but the nop that follows a jump may (runtime/arch). */
  std::string_view clobbers = {};
  /* What a uprobe is put on: one instruction, never the site's. */
  std::string_view probe_nop = "nop";

  /* The slow path's call keeps the caller's registers (preserve_most), and so
   * costs the fast path nothing, where LLVM has it right: where it has not, it
   * is silently C, or worse than C, or crashes the compiler. */
  bool preserve_most = false;
  /* A tail call of a function of the same type is always a jump. */
  bool tail_calls = false;
  /* The first arguments of the C convention, integers and floats. */
  std::string_view argument_registers = {}, float_registers = {};
  /* An instruction may have to overwrite an operand, so it matters to LLVM
   * where an argument is. */
  bool overwrites_operand = false;
  /* `.reloc LABEL, BFD_RELOC_NONE, KEY` assembles. */
  bool reloc_none = true;
  RecordTarget record = {};
  LinuxTarget linux_abi = {};

  /* Rust's target_arch of the arches, where rustc has stable inline assembly
   * (The Rust Reference, "Inline assembly"; 1.96). */
  std::string_view rust = {};
  /* The options of its asm! that make the text above LLVM's: x86 has two. */
  std::string_view rust_options = {};
  /* How its asm! calls a function that keeps registers (preserve_most), $F, and
   * those that the function does not keep (CSR_64_RT_MostRegs and
   * CSR_AArch64_RT_MostRegs in LLVM's X86CallingConv.td and
   * AArch64CallingConvention.td), as rustc names them. None: by its C call. */
  std::string_view rust_call = {}, rust_lost = {};
};

inline constexpr Target targets[] = {
    {
        .name = "x86_64",
        .arches = "x86_64",
        .site_bytes = 5,
        /* The patcher changes the first two bytes with one store, which is
         * atomic within an aligned 8-byte word on every vendor's processor (AMD
         * APM vol. 2, 7.3.2): never let them straddle two. */
        .align = ".p2align 3,,1",
        /* Linux's nop5 (arch/x86/include/asm/nops.h) */
        .nop = ".byte 0x0f,0x1f,0x44,0x00,0x00",
        /* always the 5-byte form, jmp rel32 */
        .jump = ".byte 0xe9\n.long $L - . - 4",
        .clobbers = "~{flags}",
        .preserve_most = true,
        .tail_calls = true,
        .argument_registers = "rdi rsi rdx rcx r8 r9",
        .float_registers = "xmm0 xmm1 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7",
        .overwrites_operand = true,
        .record = {.known = true,
                   .thread_space = 257, /* %fs */
                   .counter = "llvm.x86.rdtsc",
                   /* without lock: a quarter of the time */
                   .exchange = "cmpxchgq $2, ($3)",
                   .exchange_constraints =
                       "={rax},={@ccz},r,r,{rax},~{memory},~{flags}",
                   .increment = "incq ($0)",
                   .increment_constraints = "r,~{memory},~{flags}"},
        .linux_abi = {.nop = ".byte 0x0f,0x1f,0x44,0x00,0x00",
                      .jump = "jmp $L",
                      .table_aligned = true,
                      .branch_operand = true,
                      .clobbers = "~{dirflag},~{fpsr},~{flags}"},
        .rust = "x86_64",
        .rust_options = "att_syntax, ",
        .rust_call = "call $F",
        .rust_lost =
            "r11 xmm0 xmm1 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7 xmm8 xmm9 xmm10 xmm11 "
            "xmm12 xmm13 xmm14 xmm15 xmm16 xmm17 xmm18 xmm19 xmm20 xmm21 xmm22 "
            "xmm23 xmm24 xmm25 xmm26 xmm27 xmm28 xmm29 xmm30 xmm31 k0 k1 k2 k3 "
            "k4 k5 k6 k7 mm0 mm1 mm2 mm3 mm4 mm5 mm6 mm7 st(0) st(1) st(2) "
            "st(3) st(4) st(5) st(6) st(7)",
    },
    {
        .name = "i386",
        .arches = "i386",
        .site_bytes = 5,
        .align = ".p2align 3,,1",
        /* lea 0(%esi,%eiz,1),%esi with %ds: 32-bit Linux's nop5 */
        .nop = ".byte 0x3e,0x8d,0x74,0x26,0x00",
        .jump = ".byte 0xe9\n.long $L - . - 4",
        .clobbers = "~{flags}",
        .linux_abi = {.nop = ".byte 0x3e,0x8d,0x74,0x26,0x00",
                      .jump = "jmp $L",
                      .table_aligned = true,
                      .branch_operand = true,
                      .clobbers = "~{dirflag},~{fpsr},~{flags}"},
        .rust = "x86",
        .rust_options = "att_syntax, ",
    },
    {
        .name = "arm",
        .arches = "arm armeb thumb thumbeb",
        .without = "+thumb-mode",
        .site_bytes = 4,
        /* not the v6K hint: the same word on every version */
        .nop = "mov r0, r0",
        .jump = "b $L",
        .linux_abi = {.nop = "nop", .jump = "b $L", .relative = false},
        .rust = "arm",
    },
    {
        .name = "thumb2",
        .arches = "arm armeb thumb thumbeb",
        .feature = "+thumb-mode",
        /* Thumb-1 has no b.w or nop.w */
        .without = "+armv4t +armv5t +armv5te +armv6 +armv6k +armv6-m "
                   "+armv8-m.base",
        .site_bytes = 4,
        .align = ".balign 4", /* one store writes both halfwords */
        .nop = "nop.w",
        .jump = "b.w $L",
        .linux_abi = {.nop = "nop.w", .jump = "b.w $L", .relative = false},
        .rust = "arm",
    },
    {
        .name = "aarch64",
        .arches = "aarch64 aarch64_be",
        .site_bytes = 4,
        .nop = "nop",
        .jump = "b $L",
        .preserve_most = true,
        .tail_calls = true,
        .argument_registers = "x0 x1 x2 x3 x4 x5 x6 x7",
        .float_registers = "v0 v1 v2 v3 v4 v5 v6 v7",
        .record = {.known = true,
                   .counter = "mrs $0, cntvct_el0",
                   .counter_constraints = "=r",
                   .features = "-outline-atomics"},
        .linux_abi = {.nop = "nop", .jump = "b $L", .table_aligned = true},
        .rust = "aarch64",
        .rust_call = "bl $F",
        /* of v8 to v15 the upper halves */
        .rust_lost =
            "x0 x1 x2 x3 x4 x5 x6 x7 x8 x16 x17 x18 x30 v0 v1 v2 v3 v4 v5 v6 "
            "v7 v8 v9 v10 v11 v12 v13 v14 v15 v16 v17 v18 v19 v20 v21 v22 v23 "
            "v24 v25 v26 v27 v28 v29 v30 v31 p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 p10 "
            "p11 p12 p13 p14 p15 ffr",
    },
    {
        .name = "riscv",
        .arches = "riscv32 riscv64",
        .site_bytes = 4,
        .align = ".balign 4", /* with the C extension, code is 2-byte aligned */
        /* neither compressed by the assembler nor shortened by the linker */
        .nop = ".option push\n.option norelax\n.option norvc\nnop\n.option pop",
        .jump = ".option push\n.option norelax\n.option norvc\nj $L\n"
                ".option pop",
        .linux_abi = {.align = ".align 2",
                      .nop = ".option push\n.option norelax\n.option norvc\n"
                             "nop\n.option pop",
                      .jump = ".option push\n.option norelax\n.option norvc\n"
                              "j $L\n.option pop",
                      .table_aligned = true},
        .rust = "riscv32 riscv64",
    },
    {
        .name = "powerpc",
        .arches = "powerpc powerpc64 powerpc64le",
        .site_bytes = 4,
        .nop = "nop",
        .jump = "b $L",
        .linux_abi = {.nop = "nop", .jump = "b $L"},
        .rust = "powerpc64 powerpc",
    },
    {
        .name = "s390x",
        .arches = "s390x",
        .site_bytes = 6,
        /* the nop carries the target: only the condition is patched */
        .nop = "brcl 0,$L",
        .jump = "brcl 15,$L",
        .probe_nop = "nop 0",
        .linux_abi = {.nop = "brcl 0,$L",
                      .jump = "brcl 15,$L",
                      .table_aligned = true,
                      .branch_operand = true},
        .rust = "s390x",
    },
    {
        .name = "mips",
        .arches = "mips mipsel mips64 mips64el",
        .without = "+mips32r6 +mips64r6 +micromips +mips16",
        .site_bytes = 4,
        /* the second is the jump's delay slot and stays */
        .nop = ".set push\n.set noreorder\nnop\nnop\n.set pop",
        .jump = ".set push\n.set noreorder\nb $L\nnop\n.set pop",
        .linux_abi = {.nop = "b 2f\n2:\n.insn",
                      .jump = "j $L",
                      .relative = false,
                      .clobbers = "~{$1}"},
    },
    {
        .name = "mipsr6",
        .arches = "mips mipsel mips64 mips64el",
        .feature = "+mips32r6 +mips64r6",
        .without = "+micromips",
        .site_bytes = 4,
        .nop = "nop",
        .jump = "bc $L", /* compact: no delay slot */
        .linux_abi = {.nop = "bc 2f\n2:\n.insn",
                      .jump = "bc $L",
                      .relative = false,
                      .clobbers = "~{$1}"},
    },
    {
        .name = "loongarch",
        .arches = "loongarch32 loongarch64",
        .site_bytes = 4,
        .nop = "nop",
        .jump = "b $L",
        .linux_abi = {.nop = "nop", .jump = "b $L", .table_aligned = true},
        .rust = "loongarch32 loongarch64",
    },
    {
        .name = "sparc",
        .arches = "sparc sparcv9",
        .site_bytes = 4,
        /* the second is the jump's delay slot and stays */
        .nop = "nop\nnop",
        .jump = "ba $L\nnop",
        .linux_abi = {.nop = "nop\nnop",
                      .jump = "b $L\nnop",
                      .relative = false,
                      .table_aligned = true,
                      .address_bytes = 4},
    },
    {
        .name = "hexagon",
        .arches = "hexagon",
        .site_bytes = 4,
        .nop = "{ nop }",
        .jump = "{ jump $L }",
        .probe_nop = "{ nop }",
        .reloc_none = false,
    },
    {
        .name = "m68k",
        .arches = "m68k",
        .site_bytes = 4,
        .align = ".balign 4",
        /* lea (0,%a0),%a0: one instruction of 4 bytes, on every m68k; two nops
         * could not be patched while a thread stands between them */
        .nop = ".short 0x41e8,0x0000",
        .jump = ".short 0x6000\n.short $L - .", /* bra.w */
        .reloc_none = false,
    },
    {
        .name = "xtensa",
        .arches = "xtensa",
        .site_bytes = 3,
        /* no align: LLVM pads with zeros, which are no instruction */
        .nop = "nop",
        .jump = "j $L",
        .reloc_none = false,
        .linux_abi = {.nop = "nop", .jump = "j $L", .relative = false},
    },
};

/* Whether one of `words`, separated by spaces, is in `list`. */
constexpr bool has_common_word(std::string_view words, std::string_view list,
                               char separator) {
  while (!words.empty()) {
    const auto end = words.find(' ');
    const std::string_view word = words.substr(0, end);
    words = end == words.npos ? std::string_view() : words.substr(end + 1);
    std::string_view left = list;
    while (!left.empty()) {
      const auto stop = left.find(separator);
      if (left.substr(0, stop) == word)
        return true;
      left = stop == left.npos ? std::string_view() : left.substr(stop + 1);
    }
  }
  return false;
}

/* The row for code of `arch`, one of LLVM's names, with `features`, separated
 * by commas. Null: it has no static branch. */
constexpr const Target *find_target(std::string_view arch,
                                    std::string_view features) {
  for (const Target &target : targets)
    if (has_common_word(target.arches, arch, ',') &&
        (target.feature.empty() ||
         has_common_word(target.feature, features, ',')) &&
        !has_common_word(target.without, features, ','))
      return &target;
  return nullptr;
}

/* Rust's name for code of `arch` in `row`: the word with which `arch` begins,
 * or the only one. Empty: rustc has no stable inline assembly for it. */
constexpr std::string_view rust_arch(const Target &row, std::string_view arch) {
  std::string_view left = row.rust;
  while (!left.empty()) {
    const auto end = left.find(' ');
    if (arch.starts_with(left.substr(0, end)))
      return left.substr(0, end);
    left = end == left.npos ? std::string_view() : left.substr(end + 1);
  }
  return row.rust.substr(0, row.rust.find(' '));
}

} // namespace trace

#endif
