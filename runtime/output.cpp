#include "output.h"

#include "recording/recording.h"
#include "text_output.h"

#include <cstdlib>
#include <cstring>
#include <sys/stat.h>

namespace trace {
namespace {

/// A name that ends in a slash is a directory's, which may be still to be made.
bool is_directory(const char *path) {
  if (path[strlen(path) - 1] == '/')
    return true;
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

} // namespace

int output_open() {
  const char *path = secure_getenv("TRACE_OUTPUT");
  if (path && *path && is_directory(path))
    return recording_open(path);
  return text_output_open(path);
}

uint32_t output_wanted() {
  return recording_is_open() ? recording_wanted() : TRACE_WANTED_TEXT;
}

} // namespace trace
