#include "counter.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#endif

namespace trace::arch {

#if defined(__x86_64__) && defined(__LP64__)

namespace {

/// Linux takes the TSC off its list when it finds it unstable, and then uses a
/// slow clock (Documentation/virt/kvm/x86/timekeeping.rst). Virtual machines
/// have clocks of their own, which are made from the TSC.
bool kernel_trusts_tsc() {
  FILE *file = fopen("/sys/devices/system/clocksource/clocksource0/"
                     "current_clocksource",
                     "re");
  if (!file)
    return true;
  char name[32] = "";
  const bool read = fgets(name, sizeof name, file) != nullptr;
  fclose(file);
  if (!read)
    return true;
  for (const char *slow : {"hpet", "acpi_pm", "jiffies", "refined-jiffies"})
    if (strncmp(name, slow, strlen(slow)) == 0)
      return false;
  return true;
}

} // namespace

bool has_counter() {
  // Intel SDM vol. 3B, 18.17.1; AMD APM vol. 3, E.4.7: invariant TSC.
  constexpr unsigned leaf = 0x80000007, invariant = 1u << 8;
  unsigned eax, ebx, ecx, edx;
  return __get_cpuid(leaf, &eax, &ebx, &ecx, &edx) && (edx & invariant) &&
         kernel_trusts_tsc();
}

uint64_t counter() { return __builtin_ia32_rdtsc(); }

uint64_t counter_frequency() { return 0; }

// At %fs:0 (System V ABI for x86-64, 3.4.6: the thread control block begins
// with its own address).
char *thread_pointer() {
  char *pointer;
  asm("mov %%fs:0, %0" : "=r"(pointer));
  return pointer;
}

#elif defined(__aarch64__)

// The generic timer (Arm ARM, D12.1): at one rate by definition; Linux lets
// user code read it.
bool has_counter() { return true; }

uint64_t counter() {
  uint64_t value;
  asm volatile("mrs %0, cntvct_el0" : "=r"(value));
  return value;
}

uint64_t counter_frequency() {
  uint64_t value;
  asm("mrs %0, cntfrq_el0" : "=r"(value));
  return value;
}

char *thread_pointer() {
  return static_cast<char *>(__builtin_thread_pointer());
}

#else

bool has_counter() { return false; }
uint64_t counter() { return 0; }
uint64_t counter_frequency() { return 0; }
char *thread_pointer() { return nullptr; }

#endif

} // namespace trace::arch
