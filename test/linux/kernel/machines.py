"""machines.py - the kernels that are built, and the machines that they boot on."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Machine:
    make: str  # ARCH=
    debian: str = ""  # Debian's name for it
    clang: str = ""  # its programs' triple
    image: str = ""  # the target that boots, below arch/ARCH/boot
    qemu: tuple = ()
    console: str = ""
    off: str = "poweroff"  # how /init ends it
    plugin_flags: tuple = ()
    defconfig: str = ""  # of those that do not boot: objects are compared


MACHINES = {
    "x86_64": Machine("x86", "amd64", "x86_64-linux-gnu", "bzImage",
                      ("qemu-system-x86_64", "-cpu", "qemu64"), "ttyS0 reboot=t", "reboot",
                      ("-fplugin-arg-trace-objtool=on",)),
    "arm64": Machine("arm64", "arm64", "aarch64-linux-gnu", "Image",
                     ("qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a57"), "ttyAMA0"),
    "arm": Machine("arm", defconfig="multi_v7_defconfig"),
    "riscv64": Machine("riscv", defconfig="defconfig"),
    "powerpc64le": Machine("powerpc", defconfig="ppc64le_defconfig"),
    "s390": Machine("s390", defconfig="defconfig"),
    "loongarch": Machine("loongarch", defconfig="loongson3_defconfig"),
    "mips64": Machine("mips", defconfig="64r2el_defconfig"),
}

# Users of static branches, in every one of those configurations.
OBJECTS = ("kernel/sched/core.o", "kernel/sched/fair.o", "kernel/fork.o", "kernel/jump_label.o",
           "mm/slub.o", "mm/page_alloc.o", "mm/vmscan.o", "net/core/dev.o", "net/core/skbuff.o", "net/ipv4/tcp_ipv4.o")
