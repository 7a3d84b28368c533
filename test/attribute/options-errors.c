// An option that the plugin does not have, or a value that it can't use, stops
// the compiler.
// RUN: not %clang_trace -fplugin-arg-trace-colour=red -c %s -o /dev/null 2>&1 | FileCheck --check-prefix=KEY %s
// KEY: error: the trace plugin has no option 'colour'; -fplugin-arg-trace-KEY=VALUE has the keys system, warn, hoist, usdt, emit-rust, abi, objtool, emit-kernel
// RUN: not %clang_trace -fplugin-arg-trace-system=a-b -c %s -o /dev/null 2>&1 | FileCheck --check-prefix=SYSTEM %s
// SYSTEM: error: 'a-b' is no value of -fplugin-arg-trace-system; use a name of letters, digits and '_'
// RUN: not %clang_trace -fplugin-arg-trace-warn=maybe -c %s -o /dev/null 2>&1 | FileCheck --check-prefix=WARN %s
// WARN: error: 'maybe' is no value of -fplugin-arg-trace-warn; use 'on' or 'off'
// RUN: not %clang_trace -fplugin-arg-trace-emit-kernel= -c %s -o /dev/null 2>&1 | FileCheck --check-prefix=FOLDER %s
// FOLDER: error: '' is no value of -fplugin-arg-trace-emit-kernel; use the name of a folder
// RUN: not %clang_trace -fplugin-arg-trace-abi=linux -fplugin-arg-trace-emit-kernel=%s/x -c %s -o /dev/null 2>&1 | FileCheck --check-prefix=MAKE %s
// MAKE: error: the folder '{{.*}}options-errors.c/x' of -fplugin-arg-trace-emit-kernel cannot be made: Not a directory
int unused;
