//===- input_file.cpp - The events of a file on disk ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "input_file.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <unistd.h>

using namespace llvm;
using namespace llvm::object;

namespace trace {
namespace {

using Events = std::vector<Event>;

Expected<Events> readObject(MemoryBufferRef Buffer, bool WithCost) {
  auto Object = ObjectFile::createELFObjectFile(Buffer);
  if (!Object)
    return Object.takeError();
  Expected<ElfImage> Image =
      readElfImage(*cast<ELFObjectFileBase>(Object->get()));
  if (!Image)
    return Image.takeError();
  if (!WithCost || Image->Events.empty())
    return readEvents(*Image);
  Expected<std::unique_ptr<CostModel>> Costs =
      CostModel::create(**Object, *Image);
  if (!Costs)
    return Costs.takeError();
  return readEvents(*Image, Costs->get());
}

// Objects that call one event each carry its descriptor.
void merge(Events &Into, Events From, StringRef Member) {
  for (Event &E : From) {
    for (Site &S : E.Sites)
      S.Member = Member.str();
    auto Same = find_if(Into, [&](const Event &Known) {
      return std::tie(Known.System, Known.Name, Known.Format, Known.Fields) ==
             std::tie(E.System, E.Name, E.Format, E.Fields);
    });
    if (Same == Into.end())
      Into.push_back(std::move(E));
    else
      move(E.Sites, std::back_inserter(Same->Sites));
  }
}

Error notReadable(file_magic Magic) {
  if (Magic == file_magic::bitcode)
    return failure("LLVM bitcode (-flto): its trace points are in the program "
                   "that it is linked into; list that");
  return failure("not an ELF file or archive");
}

Expected<Events> readMember(const Archive::Child &Child, bool WithCost) {
  Expected<MemoryBufferRef> Buffer = Child.getMemoryBufferRef();
  if (!Buffer)
    return Buffer.takeError();
  file_magic Magic = identify_magic(Buffer->getBuffer());
  if (Magic == file_magic::elf_relocatable)
    return readObject(*Buffer, WithCost);
  return notReadable(Magic);
}

Expected<Events> readArchive(MemoryBufferRef Buffer, bool WithCost) {
  auto Source = Archive::create(Buffer);
  if (!Source)
    return Source.takeError();
  Events Result;
  Error E = Error::success();
  for (const Archive::Child &Child : (*Source)->children(E)) {
    Expected<StringRef> Name = Child.getName();
    if (!Name)
      return joinErrors(std::move(E), Name.takeError());
    Expected<Events> More = readMember(Child, WithCost);
    if (!More)
      return joinErrors(std::move(E), failure("member " + *Name + ": " +
                                              toString(More.takeError())));
    merge(Result, std::move(*More), *Name);
  }
  if (E)
    return E;
  sortEvents(Result);
  return Result;
}

Expected<Events> readBuffer(MemoryBufferRef Buffer, bool WithCost) {
  file_magic Magic = identify_magic(Buffer.getBuffer());
  switch (Magic) {
  case file_magic::elf:
  case file_magic::elf_relocatable:
  case file_magic::elf_executable:
  case file_magic::elf_shared_object:
    return readObject(Buffer, WithCost);
  case file_magic::archive:
    return readArchive(Buffer, WithCost);
  default:
    return notReadable(Magic);
  }
}

} // namespace

// Some of LLVM's iterators over symbols and relocations can't return an error;
// they end the program, so it ends with a message that names the file.
static void endWithMessage(void *Path, const char *Reason, bool) {
  outs().flush();
  errs() << "tracepoint: " << *static_cast<StringRef *>(Path)
         << ": damaged: " << Reason << "\n";
  errs().flush();
  ::_exit(1);
}

Expected<Events> readInputFile(StringRef Path, bool WithCost) {
  ScopedFatalErrorHandler Handler(endWithMessage, &Path);
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer)
    return failure(Path + ": " + Buffer.getError().message());
  Expected<Events> Result = readBuffer((*Buffer)->getMemBufferRef(), WithCost);
  if (!Result)
    return failure(Path + ": " + toString(Result.takeError()));
  return Result;
}

} // namespace trace
