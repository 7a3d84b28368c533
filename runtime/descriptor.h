/// Reading an event's descriptor: names, key and fields, and whether it is
/// well-formed. Independent of the process: `tracepoint` reads files with it.
#ifndef TRACE_RUNTIME_DESCRIPTOR_H
#define TRACE_RUNTIME_DESCRIPTOR_H

#include <trace/layout.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace trace {

/// Null if all offsets of the descriptor that starts at `event` lie within its
/// size, its size within `available` bytes, and its text ends; else what is
/// wrong.
const char *event_defect(const trace_event *event, size_t available);

inline const char *event_text(const trace_event &event, uint32_t at) {
  return at ? reinterpret_cast<const char *>(&event) + at : nullptr;
}
inline const char *event_system(const trace_event &event) {
  return event_text(event, event.system_at);
}
inline const char *event_name(const trace_event &event) {
  return event_text(event, event.name_at);
}
inline std::span<const trace_field> event_fields(const trace_event &event) {
  return {
      reinterpret_cast<const trace_field *>(event_text(event, event.fields_at)),
      event.field_count};
}
inline std::span<const trace_enumerator>
field_enumerators(const trace_event &event, const trace_field &field) {
  return {reinterpret_cast<const trace_enumerator *>(
              event_text(event, field.enumerators_at)),
          field.enumerator_count};
}

/// Whether the two were declared with the same system, name and parameters, so
/// that what can be called with the arguments of one can be with the other's.
bool event_declared_alike(const trace_event &a, const trace_event &b);

inline bool field_is_array(const trace_field &field) {
  return field.flags & TRACE_FIELD_ARRAY;
}
inline bool field_is_sequence(const trace_field &field) {
  return field.flags & TRACE_FIELD_SEQUENCE;
}
/// Whether a head (TRACE_STRING_HEAD) says how long it is.
inline bool field_has_head(const trace_field &field) {
  return field.kind == TRACE_FIELD_STRING || field_is_sequence(field);
}
/// Bytes of an element; of a string, of a character.
inline size_t field_element_bytes(const trace_field &field) {
  return field.kind == TRACE_FIELD_STRING ? 1 : field.size;
}
/// Bytes in each payload: all of them, or the head.
inline size_t field_fixed_bytes(const trace_field &field) {
  if (field_has_head(field))
    return sizeof(uint16_t);
  return field_is_array(field) ? size_t{field.size} * field.count : field.size;
}

/// The event after `event`.
inline const trace_event *event_next(const trace_event *event) {
  return reinterpret_cast<const trace_event *>(
      reinterpret_cast<const char *>(event) + event->size);
}

/// What a self-relative member points to.
inline uintptr_t follow(const trace_rel32 &member) {
  return reinterpret_cast<uintptr_t>(&member) +
         static_cast<uintptr_t>(static_cast<intptr_t>(member));
}
inline trace_key *event_key(const trace_event &event) {
  return reinterpret_cast<trace_key *>(follow(event.key));
}

} // namespace trace

#endif
