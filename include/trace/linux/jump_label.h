/* jump_label.h - Linux's static branches, for every architecture.
 *
 * Takes the place of the functions that each arch/NAME/include/asm/jump_label.h
 * writes in assembly. What an architecture needs besides (JUMP_LABEL_NOP_SIZE,
 * struct jump_entry, macros for .S files) stays there. In the kernel's tree
 * this file is include/asm-generic/jump_label.h; docs/linux.md has the rest.
 *
 * The compiler needs, on KBUILD_CFLAGS,
 *   -fplugin=PREFIX/lib/ClangTracePoint-N.so -fplugin-arg-trace-abi=linux
 * and on x86 with CONFIG_HAVE_JUMP_LABEL_HACK -fplugin-arg-trace-objtool=on.
 */
#ifndef TRACE_LINUX_JUMP_LABEL_H
#define TRACE_LINUX_JUMP_LABEL_H

#ifndef __ASSEMBLY__

#include <linux/types.h>

struct static_key;

#ifdef __has_attribute
#if __has_attribute(trace_branch)
#define TRACE_STATIC_BRANCH(form) __attribute__((trace_branch(form)))
#endif
#endif
#ifndef TRACE_STATIC_BRANCH
#define TRACE_STATIC_BRANCH(form)                                              \
  __attribute__((                                                              \
      error("static branches are written by the compiler's trace "             \
            "plugin, which is not loaded; compile with -fplugin=")))
#endif

/* Whether control goes to the site's other side, which it does exactly if the
 * key is enabled != branch. `key` and `branch` must be constants by the time
 * that the caller has been inlined. At first the site is a nop, or, of
 * arch_static_branch_jump, a jump. */
TRACE_STATIC_BRANCH("nop")
bool arch_static_branch(struct static_key *key, bool branch);
TRACE_STATIC_BRANCH("jump")
bool arch_static_branch_jump(struct static_key *key, bool branch);

#undef TRACE_STATIC_BRANCH

#endif
#endif
