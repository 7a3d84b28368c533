"""targets.py - what each architecture's sites must look like in an object."""

import dataclasses


@dataclasses.dataclass
class Target:
    triple: str
    # The instruction that LLVM's disassembler shows, in several spellings; a jump's
    # without its target.
    nop: str
    nop_bytes: bytes
    jump: str
    # ELF relocation types of self-relative words, and of self-relative addresses
    # where those are wider.
    relative: tuple
    relative_wide: tuple = ()
    flags: tuple = ()
    site_bytes: int = 4
    align: int = 4
    align_relocation: int = None
    # A disassembled target: counted from the site's address + this, not from 0.
    relative_to: int = None
    hexadecimal: bool = True
    words: bool = False  # LLVM 19: in words from the site, without 0x
    nop_has_target: bool = False
    literals: bool = False  # what is called stands in a table
    pic: bool = True
    row: str = ""  # of targets.h, where it is not the target's own name
    # GNU's, where it knows what LLVM writes.
    assembler: str = ""
    assembly_flags: tuple = ()


def target(triple, nop, nop_bytes, jump, relative, *relative_wide, **others):
    return Target(triple, nop, bytes.fromhex(nop_bytes), jump, relative, *relative_wide, **others)


# GNU as has no self-relative doubleword on mips64.
def mips(triple, *, wide, r6, assembler=""):
    return target(
        triple, "nop", "00000000" if r6 else "0000000000000000", "bc" if r6 else "b", (248,),
        *([(248, 18)] if wide else []), row="mipsr6" if r6 else "mips", assembler=assembler)


def powerpc(name, nop_bytes, *relative):
    return target(f"{name}-linux-gnu", "nop", nop_bytes, "b", *relative, row="powerpc",
                  assembler=f"{name}-linux-gnu-as")


def arm(name, nop, nop_bytes, jump):
    return target("armv7-linux-gnueabihf", nop, nop_bytes, jump, (3,), flags=(f"-m{name}",),
                  assembler="arm-linux-gnueabihf-as")


def aarch64(name, endian):
    return target(f"{name}-linux-gnu", "nop", "1f2003d5", "b", (261,), (260,), row="aarch64",
                  assembler=f"aarch64-linux-gnu-as {endian}")


def riscv(bits, *relative, abi):
    # GNU as does not know the newest names of what A and C consist of.
    return target(f"riscv{bits}-linux-gnu", "nop", "13000000", "j", *relative, align_relocation=43, row="riscv",
                  assembler=f"riscv64-linux-gnu-as -march=rv{bits}im -mabi={abi}",
                  assembly_flags=(f"-march=rv{bits}im", f"-mabi={abi}"))


def loongarch(name, *relative, **others):
    return target(f"{name}-linux-gnu", "nop", "00004003", "b", *relative, relative_to=0, hexadecimal=False,
                  row="loongarch", **others)


# GNU as has no self-relative words on sparc but %r_disp32(), which LLVM does not
# write.
def sparc(name, *relative):
    return target(f"{name}-linux-gnu", "nop", "0100000001000000", "ba", *relative, words=True, row="sparc")


TARGETS = {
    "x86_64": target("x86_64-linux-gnu", "nopl (%rax,%rax)", "0f1f440000", "jmp", (2,), (24,),
                     site_bytes=5, align=1, assembler="x86_64-linux-gnu-as"),
    "i386": target("i686-linux-gnu", "leal %ds:(%esi,%eiz), %esi", "3e8d742600", "jmp", (2,),
                   site_bytes=5, align=1, assembler="x86_64-linux-gnu-as --32"),
    "arm": arm("arm", "mov r0, r0", "0000a0e1", "b"),
    "thumb2": arm("thumb", "nop.w", "aff30080", "b.w"),
    "aarch64": aarch64("aarch64", "-EL"),
    "aarch64_be": aarch64("aarch64_be", "-EB"),
    "riscv32": riscv(32, (35, 39), abi="ilp32"),
    "riscv64": riscv(64, (35, 39), (36, 40), abi="lp64"),
    "powerpc": powerpc("powerpc", "60000000", (26,)),
    "powerpc64": powerpc("powerpc64", "60000000", (26,), (44,)),
    "powerpc64le": powerpc("powerpc64le", "00000060", (26,), (44,)),
    "s390x": target("s390x-linux-gnu", "jgnop|brcl 0,", "c004", "jg", (5,), (23,), site_bytes=6, align=2,
                    nop_has_target=True, assembler="s390x-linux-gnu-as"),
    "mips": mips("mips-linux-gnu", wide=False, r6=False, assembler="mips-linux-gnu-as -mabi=32 -mips32r2"),
    "mipsel": mips("mipsel-linux-gnu", wide=False, r6=False, assembler="mipsel-linux-gnu-as -mabi=32 -mips32r2"),
    "mips64": mips("mips64-linux-gnuabi64", wide=True, r6=False),
    "mips64el": mips("mips64el-linux-gnuabi64", wide=True, r6=False),
    "mipsr6": mips("mipsisa32r6-linux-gnu", wide=False, r6=True, assembler="mipsisa32r6-linux-gnu-as"),
    "mipsr6el": mips("mipsisa32r6el-linux-gnu", wide=False, r6=True, assembler="mipsisa32r6el-linux-gnu-as"),
    "mips64r6": mips("mipsisa64r6-linux-gnuabi64", wide=True, r6=True),
    "mips64r6el": mips("mipsisa64r6el-linux-gnuabi64", wide=True, r6=True),
    "loongarch32": loongarch("loongarch32", (99,)),
    "loongarch64": loongarch("loongarch64", (99,), (109,), assembler="loongarch64-linux-gnu-as"),
    "sparc": sparc("sparc", (6,)),
    "sparc64": sparc("sparc64", (6,), (46,)),
    "hexagon": target("hexagon-linux-musl", "{ nop }", "00c0007f", "{ jump", (31,)),
    # GNU as does not know LLVM's marks of inline assembly.
    "m68k": target("m68k-linux-gnu", "lea (0,%a0), %a0", "41e80000", "bra", (4,), flags=("-mcpu=M68020",),
                   relative_to=2),
    # Several functions in one section are more than LLVM 22's Xtensa can assemble,
    # and it writes R_XTENSA_32 where R_XTENSA_32_PCREL (14) is meant.
    "xtensa": target("xtensa-linux-gnu", "nop", "f02000", "j", (1,), flags=("-ffunction-sections",),
                     site_bytes=3, align=1, pic=False, literals=True),
}
