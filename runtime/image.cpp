#include "image.h"

#include "arch/arch.h"
#include "descriptor.h"
#include "error.h"
#include "record.h"
#include "record_string.h"
#include "recording/recording.h"

#include <cerrno>
#include <cstring>
#include <link.h>
#include <new>

namespace trace {
namespace {

size_t round_up(size_t value, size_t alignment) {
  return (value + alignment - 1) / alignment * alignment;
}

bool is_trace_note(const trace_note *note) {
  return note->name_bytes == sizeof TRACE_NOTE_NAME &&
         note->type == TRACE_NOTE_IMAGE &&
         memcmp(note->name, TRACE_NOTE_NAME, sizeof TRACE_NOTE_NAME) == 0;
}

/// Calls `found` for each trace note of a PT_NOTE segment.
template <typename Found>
void for_each_note(const ElfW(Phdr) & segment, uintptr_t base, Found found) {
  const size_t alignment = segment.p_align == 8 ? 8 : 4; // gABI, "Note Section"
  const auto *bytes = reinterpret_cast<const char *>(base + segment.p_vaddr);
  size_t left = segment.p_memsz;
  while (left >= sizeof(ElfW(Nhdr))) {
    const auto *head = reinterpret_cast<const ElfW(Nhdr) *>(bytes);
    const size_t descriptor_at =
        round_up(sizeof *head + head->n_namesz, alignment);
    const size_t size = round_up(descriptor_at + head->n_descsz, alignment);
    // Its first members, to its version, are the same in every version.
    if (size <= left && size >= offsetof(trace_note, jump_table_begin) &&
        is_trace_note(reinterpret_cast<const trace_note *>(bytes)))
      found(reinterpret_cast<const trace_note *>(bytes), size);
    if (size >= left)
      return;
    bytes += size;
    left -= size;
  }
}

bool add_segments(Image &image, const dl_phdr_info &info) {
  for (const ElfW(Phdr) &segment : std::span(info.dlpi_phdr, info.dlpi_phnum)) {
    if (segment.p_type != PT_LOAD)
      continue;
    const uintptr_t begin = info.dlpi_addr + segment.p_vaddr;
    const AddressRange range = {begin, begin + segment.p_memsz};
    if (!image.readable.push(range))
      return false;
    const bool is_code = (segment.p_flags & PF_X) && (segment.p_flags & PF_R);
    if (is_code && !image.code.push(range))
      return false;
  }
  return true;
}

const char *events_defect(const Image &image) {
  const auto *last = reinterpret_cast<const char *>(image.events.last);
  for (const trace_event *event = image.events.first;
       event < image.events.last;) {
    const auto left =
        static_cast<size_t>(last - reinterpret_cast<const char *>(event));
    if (const char *defect = event_defect(event, left))
      return defect;
    const auto key = reinterpret_cast<uintptr_t>(event_key(*event));
    if (key % alignof(trace_key) != 0 ||
        !any_contains(image.readable, key, sizeof(trace_key)))
      return "its key lies outside the image";
    event = event_next(event);
  }
  return nullptr;
}

/// Fills in what the note leads to; what is wrong with it, or null.
const char *read_note(Image &image, size_t note_bytes) {
  const trace_note &note = *image.note;
  if (note.version != TRACE_LAYOUT_VERSION || note_bytes < sizeof(trace_note))
    return "it was built with another layout version; build program and "
           "libtracepoint with the same release";

  const uintptr_t events = follow(note.events_begin);
  const uintptr_t events_end = follow(note.events_end);
  const uintptr_t entries = follow(note.jump_table_begin);
  const uintptr_t entries_end = follow(note.jump_table_end);
  const uintptr_t record = follow(note.image);
  if (events > events_end || entries > entries_end ||
      !any_contains(image.readable, events, events_end - events) ||
      !any_contains(image.readable, entries, entries_end - entries) ||
      !any_contains(image.readable, record, sizeof(trace_image)))
    return "its trace note points outside the image";
  if ((entries_end - entries) % sizeof(trace_jump_entry) != 0 ||
      entries % alignof(trace_jump_entry) != 0 ||
      record % alignof(trace_image) != 0)
    return "its jump table is damaged";

  image.events = {reinterpret_cast<const trace_event *>(events),
                  reinterpret_cast<const trace_event *>(events_end)};
  image.jump_table = {reinterpret_cast<const trace_jump_entry *>(entries),
                      (entries_end - entries) / sizeof(trace_jump_entry)};
  image.record = reinterpret_cast<trace_image *>(record);
  return events_defect(image);
}

/// Fills in the image record, unless another run-time library has done so. A
/// filled-in record also tells a known image from one that was loaded at the
/// place of an unloaded one: the latter's is still zero.
bool claim(trace_image &record) {
  if (__atomic_load_n(&record.version, __ATOMIC_ACQUIRE) != 0)
    return record.commit == record_commit;
  // Atomic for those who read: the code behind a site is ordered after this by
  // the patch, which neither the language nor a race detector knows.
  const auto store = [](auto &member, auto value) {
    __atomic_store_n(&member, value, __ATOMIC_RELAXED);
  };
  store(record.ring_offset, recording_ring_offset());
  store(record.cpu_offset, recording_cpu_offset());
#define STORE(type, name) store(record.name, record_##name);
  TRACE_IMAGE_FUNCTIONS(STORE)
#undef STORE
  __atomic_store_n(&record.version, TRACE_LAYOUT_VERSION, __ATOMIC_RELEASE);
  return true;
}

const char *image_name(const dl_phdr_info &info) {
  const bool is_program = !info.dlpi_name || !*info.dlpi_name;
  return is_program ? program_invocation_name : info.dlpi_name;
}

/// Whether `image` is the one that `note` now belongs to. It was unloaded, and
/// another loaded in its place, if the record isn't where it was or is zero.
bool is_still_the_same(const Image &image, const dl_phdr_info &info,
                       const trace_note *note) {
  if (image.note != note || image.base != info.dlpi_addr ||
      strcmp(image.name, image_name(info)) != 0)
    return false;
  if (!image.usable())
    return true;
  return follow(note->image) == reinterpret_cast<uintptr_t>(image.record) &&
         image.record->version != 0;
}

void destroy(Image *image) {
  image->~Image();
  free(image);
}

Image *create(const dl_phdr_info &info, const trace_note *note,
              size_t note_bytes) {
  void *memory = malloc(sizeof(Image));
  if (!memory)
    return nullptr;
  auto *image = new (memory) Image;
  image->name = strdup(image_name(info));
  image->note = note;
  image->base = info.dlpi_addr;
  if (!image->name || !add_segments(*image, info)) {
    destroy(image);
    return nullptr;
  }
  image->defect = read_note(*image, note_bytes);
  image->foreign = !image->defect && !claim(*image->record);
  if (image->defect)
    warn("%s: its events stay off: %s", image->name, image->defect);
  return image;
}

} // namespace

const SiteTable *Image::table() {
  if (!table_built_ &&
      !table_.build(jump_table, code, arch::native().site_bytes))
    return nullptr;
  table_built_ = true;
  return &table_;
}

EventIndex *Image::event_index() {
  if (!event_index_built_ && !event_index_.build(events))
    return nullptr;
  event_index_built_ = true;
  return &event_index_;
}

/// One walk through the loaded images, under the dynamic linker's lock.
struct ImageScan {
  Images &images;
  bool changed = false;
  bool started = false;
  bool out_of_memory = false;

  /// Whether nothing was loaded or unloaded since the last walk.
  bool is_current(const dl_phdr_info &info) {
    const bool current = images.scanned_ && images.adds_ == info.dlpi_adds &&
                         images.subs_ == info.dlpi_subs;
    images.adds_ = info.dlpi_adds;
    images.subs_ = info.dlpi_subs;
    return current;
  }

  void see(const dl_phdr_info &info, const trace_note *note, size_t bytes) {
    for (Image *image : images.images_)
      if (is_still_the_same(*image, info, note)) {
        image->seen = true;
        return;
      }
    Image *image = create(info, note, bytes);
    if (!image || !images.images_.push(image)) {
      out_of_memory = true;
      return;
    }
    image->seen = true;
    changed = true;
  }

  int visit(const dl_phdr_info &info) {
    if (!started) {
      started = true;
      if (is_current(info))
        return 1;
      for (Image *image : images.images_)
        image->seen = false;
    }
    for (const ElfW(Phdr) &segment : std::span(info.dlpi_phdr, info.dlpi_phnum))
      if (segment.p_type == PT_NOTE)
        for_each_note(segment, info.dlpi_addr,
                      [&](const trace_note *note, size_t bytes) {
                        see(info, note, bytes);
                      });
    return 0;
  }

  void forget_unseen() {
    for (size_t i = images.images_.size(); i-- > 0;) {
      if (images.images_[i]->seen)
        continue;
      destroy(images.images_[i]);
      images.images_.erase(i);
      changed = true;
    }
  }
};

int Images::refresh(bool &changed) {
  ImageScan scan{*this};
  const int unchanged = dl_iterate_phdr(
      [](dl_phdr_info *info, size_t, void *data) {
        return static_cast<ImageScan *>(data)->visit(*info);
      },
      &scan);
  changed = false;
  if (unchanged)
    return 0;
  scan.forget_unseen();
  changed = scan.changed;
  scanned_ = !scan.out_of_memory;
  return scan.out_of_memory ? fail_no_memory() : 0;
}

} // namespace trace
