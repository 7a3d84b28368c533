//===- code.cpp - Changing the code of a running process ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// As runtime/patch.cpp does it from within: whole pages, because the kernel
// copies an aligned page in units that no fetch sees in part (text_write.h).
//
//===----------------------------------------------------------------------===//

#include "code.h"
#include "../elf_image.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <cstring>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

using arch::Architecture;
using arch::EncodeResult;
using arch::Forms;
using arch::Instruction;
using arch::SiteChange;
using arch::SiteState;
using arch::Step;

/// Whether a change was begun and not ended: the first of several steps has
/// left its fixed bytes.
bool isHalfChanged(const Architecture &Set, const Instruction &Found) {
  if (Set.steps.size() < 2)
    return false;
  const Step &First = Set.steps.front();
  return First.fixed &&
         memcmp(Found.bytes + First.first, First.fixed, First.count) == 0;
}

class PageWriter {
public:
  explicit PageWriter(const ProcessMemory &Memory)
      : Memory(Memory), Page(static_cast<size_t>(::sysconf(_SC_PAGESIZE))) {}

  /// The changes are sorted.
  Error run(const Step &Each, ArrayRef<SiteChange> Changes) {
    for (const SiteChange &Change : Changes) {
      const uint8_t *Bytes =
          Each.fixed ? Each.fixed : Change.to.bytes + Each.first;
      for (unsigned I = 0; I < Each.count; ++I)
        if (Error E = put(Change.address + Each.first + I, Bytes[I]))
          return E;
    }
    return flush();
  }

private:
  Error put(uint64_t Address, uint8_t Byte) {
    const uint64_t At = Address / Page * Page;
    if (Content.empty() || At != Begin) {
      if (Error E = flush())
        return E;
      Content.resize(Page);
      Begin = At;
      if (Error E = Memory.read(Begin, Content.data(), Page))
        return E;
    }
    Content[Address - Begin] = Byte;
    return Error::success();
  }

  Error flush() {
    if (Content.empty())
      return Error::success();
    Error E = Memory.write(Begin, Content.data(), Page);
    Content.clear();
    return E;
  }

  const ProcessMemory &Memory;
  const size_t Page;
  uint64_t Begin = 0;
  std::vector<uint8_t> Content;
};

} // namespace

Error collectSite(PageCache &Memory, const LiveImage &Image,
                  const LiveSite &Site, bool On,
                  std::vector<SiteChange> &Changes) {
  const SiteState State = On != Site.Branch ? SiteState::jump : SiteState::nop;
  const Architecture &Native = arch::native();
  Instruction Found = {};
  if (Error E = Memory.read(Site.Code, Found.bytes, Native.site_bytes))
    return E;
  for (const Architecture *Set = &Native; Set; Set = Set->second) {
    Forms Forms;
    if (encode_forms(*Set, Site.Code, Site.Target, Forms) != EncodeResult::ok)
      continue;
    if (is_in_state(Forms, State, Found))
      return Error::success();
    if (is_in_state(Forms, other(State), Found) || isHalfChanged(*Set, Found)) {
      Changes.push_back({Site.Code, Found, form_of(Forms, State)});
      return Error::success();
    }
  }
  return failure(Image.Name + ": site 0x" + utohexstr(Site.Code - Image.Base) +
                 " holds " +
                 toHex(ArrayRef(Found.bytes, Native.site_bytes), true) +
                 ", which is not a trace point's; nothing was changed");
}

Error writeSites(const ProcessMemory &Memory, const Cores &Processors,
                 std::vector<SiteChange> Changes) {
  if (Changes.empty())
    return Error::success();
  sort(Changes, [](const SiteChange &A, const SiteChange &B) {
    return A.address < B.address;
  });
  PageWriter Pages(Memory);
  for (const Step &Each : arch::steps_for(arch::native(), Changes)) {
    if (Error E = Pages.run(Each, Changes))
      return E;
    if (Error E = Processors.synchronise())
      return E;
  }
  return Error::success();
}

} // namespace trace
