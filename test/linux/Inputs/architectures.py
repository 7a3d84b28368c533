"""architectures.py - how Linux compiles for each architecture: what decides the
form of its static branches."""

import dataclasses


@dataclasses.dataclass
class Architecture:
    folder: str  # arch/FOLDER
    triple: str
    flags: tuple = ()
    config: tuple = ()  # CONFIG_... that are set
    plugin_flags: tuple = ()


X86_64 = ("-mcmodel=kernel", "-mno-red-zone")
MIPS = ("-mno-abicalls",)

ARCHITECTURES = {
    "x86_64": Architecture("x86", "x86_64-linux-gnu", X86_64, ("X86_64", "64BIT")),
    "x86_64-objtool": Architecture("x86", "x86_64-linux-gnu", X86_64, ("X86_64", "64BIT", "HAVE_JUMP_LABEL_HACK"),
                                   ("-fplugin-arg-trace-objtool=on",)),
    # Landing pads for indirect branches, at labels whose address is taken
    "x86_64-ibt": Architecture("x86", "x86_64-linux-gnu", (*X86_64, "-fcf-protection=branch"), ("X86_64", "64BIT")),
    "i386": Architecture("x86", "i386-linux-gnu", (), ("X86_32",)),
    "arm": Architecture("arm", "arm-linux-gnueabi", ("-march=armv7-a", "-marm")),
    "thumb2": Architecture("arm", "arm-linux-gnueabi", ("-march=armv7-a", "-mthumb"), ("THUMB2_KERNEL",)),
    "arm64": Architecture("arm64", "aarch64-linux-gnu", (), ("64BIT",)),
    "arm64-bti": Architecture("arm64", "aarch64-linux-gnu", ("-mbranch-protection=pac-ret+bti",), ("64BIT",)),
    "riscv64": Architecture("riscv", "riscv64-linux-gnu", (), ("64BIT",)),
    "riscv32": Architecture("riscv", "riscv32-linux-gnu"),
    "powerpc64le": Architecture("powerpc", "powerpc64le-linux-gnu", (), ("64BIT", "PPC64")),
    "powerpc64": Architecture("powerpc", "powerpc64-linux-gnu", (), ("64BIT", "PPC64")),
    "powerpc": Architecture("powerpc", "powerpc-linux-gnu"),
    "s390x": Architecture("s390", "s390x-linux-gnu", (), ("64BIT",)),
    "mips": Architecture("mips", "mips-linux-gnu", MIPS),
    "mipsel": Architecture("mips", "mipsel-linux-gnu", MIPS),
    "mips64": Architecture("mips", "mips64-linux-gnuabi64", MIPS, ("64BIT",)),
    "mips64el": Architecture("mips", "mips64el-linux-gnuabi64", MIPS, ("64BIT",)),
    "mips32r6": Architecture("mips", "mipsisa32r6-linux-gnu", MIPS),
    "mips64r6": Architecture("mips", "mipsisa64r6-linux-gnuabi64", MIPS, ("64BIT",)),
    "loongarch64": Architecture("loongarch", "loongarch64-linux-gnusf", (), ("64BIT",)),
    "sparc64": Architecture("sparc", "sparc64-linux-gnu", (), ("64BIT", "SPARC64")),
}
