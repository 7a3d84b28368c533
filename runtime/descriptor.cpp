#include "descriptor.h"

#include <cstring>

namespace trace {
namespace {

bool is_text(const trace_event &event, uint32_t at) {
  return at >= sizeof(trace_event) && at < event.size &&
         memchr(event_text(event, at), 0, event.size - at);
}

bool is_text_or_none(const trace_event &event, uint32_t at) {
  return at == 0 || is_text(event, at);
}

template <typename T>
bool is_array(const trace_event &event, uint32_t at, uint32_t count) {
  if (count == 0)
    return true;
  return at >= sizeof(trace_event) && at % alignof(T) == 0 && at < event.size &&
         count <= (event.size - at) / sizeof(T);
}

bool is_size_of_kind(const trace_field &field) {
  const uint8_t size = field.size;
  switch (field.kind) {
  case TRACE_FIELD_INTEGER:
  case TRACE_FIELD_ENUM:
    return size == 1 || size == 2 || size == 4 || size == 8;
  case TRACE_FIELD_BOOLEAN:
    return size == 1;
  case TRACE_FIELD_FLOAT:
  case TRACE_FIELD_POINTER:
    return size == 4 || size == 8;
  case TRACE_FIELD_STRING:
    return size == sizeof(uint16_t);
  }
  return false;
}

bool is_count_of_form(const trace_field &field) {
  const unsigned form =
      field.flags & (TRACE_FIELD_ARRAY | TRACE_FIELD_SEQUENCE);
  if (form == 0)
    return true;
  return field.kind != TRACE_FIELD_STRING &&
         form != (TRACE_FIELD_ARRAY | TRACE_FIELD_SEQUENCE) &&
         field.count > 0 && field.count <= TRACE_STRING_BYTES_MAX / field.size;
}

const char *field_defect(const trace_event &event, const trace_field &field) {
  if (!is_text(event, field.name_at) || !is_text_or_none(event, field.type_at))
    return "a field's name or type lies outside";
  if (!is_size_of_kind(field))
    return "a field has an unknown kind or size";
  if (!is_count_of_form(field))
    return "a field has an unknown form or number of elements";
  if (!is_array<trace_enumerator>(event, field.enumerators_at,
                                  field.enumerator_count))
    return "a field's enumerators lie outside";
  for (const trace_enumerator &e : field_enumerators(event, field))
    if (!is_text(event, e.name_at))
      return "an enumerator's name lies outside";
  return nullptr;
}

} // namespace

const char *event_defect(const trace_event *event, size_t available) {
  if (available < sizeof(trace_event) ||
      reinterpret_cast<uintptr_t>(event) % TRACE_EVENT_ALIGN != 0)
    return "it is cut off or misaligned";
  if (event->size < sizeof(trace_event) ||
      event->size % TRACE_EVENT_ALIGN != 0 || event->size > available)
    return "its size is wrong";
  if (event->version != TRACE_LAYOUT_VERSION)
    return "it has another layout version";
  if (!is_text(*event, event->system_at) || !is_text(*event, event->name_at))
    return "its name lies outside";
  if (!is_text_or_none(*event, event->format_at) ||
      !is_text_or_none(*event, event->file_at))
    return "its format or file lies outside";
  if (!is_array<trace_field>(*event, event->fields_at, event->field_count))
    return "its fields lie outside";
  for (const trace_field &field : event_fields(*event))
    if (const char *defect = field_defect(*event, field))
      return defect;
  return nullptr;
}

static bool same_text(const trace_event &a, uint32_t a_at, const trace_event &b,
                      uint32_t b_at) {
  if (!a_at || !b_at)
    return a_at == b_at;
  return strcmp(event_text(a, a_at), event_text(b, b_at)) == 0;
}

bool event_declared_alike(const trace_event &a, const trace_event &b) {
  if (&a == &b)
    return true;
  if (a.field_count != b.field_count ||
      ((a.flags ^ b.flags) & TRACE_EVENT_FUNCTION) ||
      !same_text(a, a.system_at, b, b.system_at) ||
      !same_text(a, a.name_at, b, b.name_at))
    return false;
  for (size_t i = 0; i < a.field_count; ++i) {
    const trace_field &x = event_fields(a)[i], &y = event_fields(b)[i];
    if (x.kind != y.kind || x.size != y.size || x.flags != y.flags ||
        x.argument != y.argument || x.count != y.count ||
        !same_text(a, x.type_at, b, y.type_at))
      return false;
  }
  return true;
}

} // namespace trace
