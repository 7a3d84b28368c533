// The first event of ours.c as XRay's custom event, in its flight data recorder.
#include "loop.h"
#include <xray/xray_interface.h>
#include <xray/xray_log_interface.h>

struct record {
  int number;
  uint64_t value;
};

[[clang::xray_always_instrument]] static void loop(long count) {
  // A leaf function's stack is not aligned as XRay's handler needs it.
  now(CLOCK_MONOTONIC);
  for (long i = 0; i < count; i++) {
    record payload = {(int)i, (uint64_t)i};
    __asm__ volatile("" : : "r"(&payload) : "memory"); // else it is dropped
    __xray_customevent((const char *)&payload, sizeof payload);
  }
}

__attribute__((constructor)) static void start_xray() {
  if (__xray_log_select_mode("xray-fdr") != XRAY_REGISTRATION_OK ||
      __xray_log_init_mode("xray-fdr", "no_file_flush=true") !=
          XRAY_LOG_INITIALIZED ||
      __xray_patch() != SUCCESS) {
    fputs("XRay does not start\n", stderr);
    exit(1);
  }
}
