// Prints what the table of targets and the encoders say of each architecture,
// one JSON object a line.
#include "json.h"
#include "triples.h"

#include <cstdio>

using namespace trace::arch;

namespace {

constexpr uint64_t site = uint64_t{1} << 30; // aligned to anything

bool reaches(const Architecture &architecture, int64_t distance) {
  Instruction jump;
  return architecture.encode(site, site + static_cast<uint64_t>(distance),
                             SiteState::jump,
                             jump) != EncodeResult::out_of_range;
}

/// The farthest distance that is reached in the direction of `sign`.
int64_t farthest(const Architecture &architecture, int64_t sign) {
  int64_t reached = 0, missed = int64_t{1} << 36;
  while (missed - reached > 1) {
    const int64_t middle = (reached + missed) / 2;
    (reaches(architecture, sign * middle) ? reached : missed) = middle;
  }
  return sign * reached;
}

void print_nop(const Architecture &architecture) {
  Instruction nop = {};
  architecture.encode(site, site + 0x1000, SiteState::nop, nop);
  printf("\"nop_bytes\": \"");
  for (size_t i = 0; i < architecture.site_bytes; ++i)
    printf("%s%02x", i ? " " : "", nop.bytes[i]);
  printf("\", ");
}

} // namespace

int main() {
  for (const Triple &triple : triples) {
    const trace::Target &row = row_of(triple);
    const Architecture &architecture = triple.architecture;
    printf("{");
    print_json("row", row.name, ", ");
    print_json("arches", row.arches, ", ");
    print_json("encoder", architecture.name, ", ");
    print_json("align", row.align, ", ");
    print_json("nop", row.nop, ", ");
    print_json("jump", row.jump, ", ");
    print_nop(architecture);
    printf("\"first\": %lld, \"last\": %lld, \"steps\": %zu, ",
           static_cast<long long>(farthest(architecture, -1)),
           static_cast<long long>(farthest(architecture, 1)),
           architecture.steps.size());
    printf("\"preserve_most\": %s, \"reloc_none\": %s, ",
           row.preserve_most ? "true" : "false",
           row.reloc_none ? "true" : "false");
    printf("\"linux\": %s, \"linux_relative\": %s}\n",
           row.linux_abi.nop.empty() ? "false" : "true",
           row.linux_abi.relative ? "true" : "false");
  }
}
