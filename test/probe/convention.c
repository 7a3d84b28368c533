/* The code behind a site calls a probe as C calls a function of that type: what
 * clang makes of the same call is the measure, on each architecture. */
// DEFINE: %{target} =
// DEFINE: %{compare} = %clang_trace --target=%{target} -O1 -ffreestanding -S -emit-llvm %s -o %t.ll && %python %S/Inputs/convention.py %t.ll
// REDEFINE: %{target} = x86_64-linux-gnu
// RUN: %if x86-registered-target %{ %{compare} %}
// REDEFINE: %{target} = i386-linux-gnu
// RUN: %if x86-registered-target %{ %{compare} %}
// REDEFINE: %{target} = aarch64-linux-gnu
// RUN: %if aarch64-registered-target %{ %{compare} %}
// REDEFINE: %{target} = armv7-linux-gnueabihf
// RUN: %if arm-registered-target %{ %{compare} %}
// REDEFINE: %{target} = riscv64-linux-gnu
// RUN: %if riscv-registered-target %{ %{compare} %}
// REDEFINE: %{target} = riscv32-linux-gnu
// RUN: %if riscv-registered-target %{ %{compare} %}
// REDEFINE: %{target} = loongarch64-linux-gnu
// RUN: %if loongarch-registered-target %{ %{compare} %}
// REDEFINE: %{target} = mips64el-linux-gnuabi64
// RUN: %if mips-registered-target %{ %{compare} %}
// REDEFINE: %{target} = mips-linux-gnu
// RUN: %if mips-registered-target %{ %{compare} %}
// REDEFINE: %{target} = powerpc64le-linux-gnu
// RUN: %if powerpc-registered-target %{ %{compare} %}
// REDEFINE: %{target} = powerpc-linux-gnu
// RUN: %if powerpc-registered-target %{ %{compare} %}
// REDEFINE: %{target} = s390x-linux-gnu
// RUN: %if systemz-registered-target %{ %{compare} %}
// REDEFINE: %{target} = sparc64-linux-gnu
// RUN: %if sparc-registered-target %{ %{compare} %}
// REDEFINE: %{target} = hexagon-linux-musl
// RUN: %if hexagon-registered-target %{ %{compare} %}
// REDEFINE: %{target} = m68k-linux-gnu
// RUN: %if m68k-registered-target %{ %{compare} %}

enum colour { red };
#define PARAMETERS                                                                                          \
  signed char c, unsigned char uc, short s, unsigned short us, int i, unsigned u, long l, unsigned long ul, \
      long long ll, _Bool b, enum colour e, float f, double d, const char *text, void *p
#define ARGUMENTS c, uc, s, us, i, u, l, ul, ll, b, e, f, d, text, p

__attribute__((trace_point)) void trace_x(PARAMETERS);
void probe(void *data, PARAMETERS);

void use(PARAMETERS) {
  trace_x(ARGUMENTS);
  probe(0, ARGUMENTS);
}
