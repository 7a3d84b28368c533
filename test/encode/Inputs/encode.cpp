// Prints the targets' texts as JSON; or, for each line "ARCHITECTURE SITE
// TARGET nop|jump" of standard input, the bytes that the run time writes.
#include "json.h"
#include "triples.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace trace::arch;

namespace {

/// The encodings that its sites may have.
void print_architectures(const Triple &triple) {
  const char *before = "\"architectures\": [";
  for (const Triple &other : triples)
    if (strcmp(other.name, triple.name) == 0) {
      printf("%s\"%s\"", before, other.architecture.name);
      before = ", ";
    }
  printf("], ");
}

bool is_first_of_its_name(const Triple &triple) {
  for (const Triple &other : triples)
    if (strcmp(other.name, triple.name) == 0)
      return &other == &triple;
  return false;
}

void print_triples() {
  for (const Triple &triple : triples) {
    if (!is_first_of_its_name(triple))
      continue;
    const trace::Target &row = row_of(triple);
    printf("{");
    print_json("triple", triple.name, ", ");
    print_architectures(triple);
    print_json("features", triple.features, ", ");
    print_json("align", row.align, ", ");
    print_json("nop", row.nop, ", ");
    print_json("jump", row.jump, "}\n");
  }
}

void encode(const char *name, uint64_t site, uint64_t target, SiteState state) {
  for (const Architecture *architecture : all()) {
    if (strcmp(architecture->name, name) != 0)
      continue;
    Instruction instruction;
    const auto result = architecture->encode(site, target, state, instruction);
    if (result != EncodeResult::ok) {
      puts(result == EncodeResult::misaligned ? "misaligned" : "out of range");
      return;
    }
    for (size_t i = 0; i < architecture->site_bytes; ++i)
      printf("%02x", instruction.bytes[i]);
    puts("");
    return;
  }
  puts("unknown");
}

} // namespace

int main(int count, char **) {
  if (count > 1) {
    print_triples();
    return 0;
  }
  char name[32], state[8];
  unsigned long long site, target;
  while (scanf("%31s %llx %llx %7s", name, &site, &target, state) == 4)
    encode(name, site, target,
           strcmp(state, "nop") == 0 ? SiteState::nop : SiteState::jump);
}
