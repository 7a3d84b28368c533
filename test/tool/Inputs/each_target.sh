#!/usr/bin/env bash
# each_target.sh TRACEPOINT SOURCE PREFIX: a line for each target that fails.
tracepoint=$1 source=$2 prefix=$3
expected=$'binder:ioctl(unsigned int cmd, const char *name) "cmd=0x%x \\"%s\\"\\n" 2 sites binder.h:7\nnet:packet() - 1 site -'
targets="x86_64:8 i386:4 aarch64:8 aarch64_be:8:BIG powerpc64:8:BIG powerpc64le:8
  powerpc:4:BIG riscv64:8 riscv32:4 s390x:8:BIG mips64:8:BIG mips:4:BIG arm:4
  armeb:4:BIG loongarch64:8"
for target in $targets; do
  IFS=: read -r arch bytes big <<<"$target"
  llvm-mc -triple="$arch-linux-gnu" --defsym PTR="$bytes" ${big:+--defsym BIG=1} \
    -filetype=obj "$source" -o "$prefix.$arch.o" &&
    ld.lld -shared "$prefix.$arch.o" -o "$prefix.$arch.so" || echo "$arch: build failed"
  for kind in o so; do
    [ "$("$tracepoint" list "$prefix.$arch.$kind" 2>&1)" = "$expected" ] ||
      echo "$arch.$kind: failed"
  done
done
echo all targets read
