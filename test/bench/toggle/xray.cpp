// XRay's: `what` is a function, or * for all. Needs -rdynamic.
#include "switch.h"

#include <xray/xray_interface.h>

#include <cstdio>
#include <cstring>
#include <dlfcn.h>

namespace {

int number_of(const char *function) {
  static int known = 0; // XRay has no look-up by name: only the first pays it
  if (known)
    return known;
  const auto address =
      reinterpret_cast<uintptr_t>(dlsym(RTLD_DEFAULT, function));
  const auto last = static_cast<int>(__xray_max_function_id());
  for (int number = 1; address && number <= last; ++number)
    if (__xray_function_address(number) == address)
      return known = number;
  return 0;
}

int checked(XRayPatchingStatus status, const char *what) {
  if (status != XRayPatchingStatus::SUCCESS)
    return fprintf(stderr, "XRay cannot switch %s\n", what), -1;
  return what[0] == '*' ? static_cast<int>(__xray_max_function_id()) : 1;
}

} // namespace

int switch_on(const char *what) {
  return checked(what[0] == '*' ? __xray_patch()
                                : __xray_patch_function(number_of(what)),
                 what);
}

int switch_off(const char *what) {
  return checked(what[0] == '*' ? __xray_unpatch()
                                : __xray_unpatch_function(number_of(what)),
                 what);
}
