// Builds event descriptors and payloads in memory.
#ifndef EVENT_BUILDER_H
#define EVENT_BUILDER_H

#include <trace/layout.h>

#include <cstring>
#include <string>
#include <vector>

struct FieldSpec {
  std::string name;
  uint8_t kind, size;
  uint8_t flags = 0;
  std::vector<std::pair<int64_t, std::string>> enumerators = {};
  uint32_t count = 0;
};

class EventBuilder {
public:
  explicit EventBuilder(const char *format, std::vector<FieldSpec> fields) {
    bytes_.resize(sizeof(trace_event));
    const uint32_t fields_at =
        append(nullptr, fields.size() * sizeof(trace_field));
    uint8_t argument = 0;
    for (size_t i = 0; i < fields.size(); ++i)
      put_field(fields_at + i * sizeof(trace_field), fields[i], argument);
    trace_event head = {};
    head.version = TRACE_LAYOUT_VERSION;
    head.field_count = static_cast<uint16_t>(fields.size());
    head.fields_at = fields_at;
    head.system_at = text("sys");
    head.name_at = text("name");
    head.format_at = format ? text(format) : 0;
    while (bytes_.size() % TRACE_EVENT_ALIGN != 0)
      bytes_.push_back(0);
    head.size = static_cast<uint32_t>(bytes_.size());
    memcpy(bytes_.data(), &head, sizeof head);
  }

  trace_event &event() {
    return *reinterpret_cast<trace_event *>(bytes_.data());
  }
  trace_field &field(size_t index) {
    return reinterpret_cast<trace_field *>(bytes_.data() +
                                           event().fields_at)[index];
  }
  size_t size() const { return bytes_.size(); }

private:
  uint32_t append(const void *data, size_t size) {
    while (bytes_.size() % 8 != 0)
      bytes_.push_back(0);
    const size_t at = bytes_.size();
    bytes_.resize(at + size);
    if (data)
      memcpy(bytes_.data() + at, data, size);
    return static_cast<uint32_t>(at);
  }
  uint32_t text(const std::string &text) {
    return append(text.c_str(), text.size() + 1);
  }
  void put_field(size_t at, const FieldSpec &spec, uint8_t &argument) {
    trace_field field = {};
    field.name_at = text(spec.name);
    field.kind = spec.kind;
    field.size = spec.size;
    field.flags = spec.flags;
    field.count = spec.count;
    if (!(spec.flags & TRACE_FIELD_IMPLICIT))
      field.argument = argument++;
    std::vector<trace_enumerator> list;
    for (const auto &[value, name] : spec.enumerators)
      list.push_back({value, text(name), 0});
    if (!list.empty())
      field.enumerators_at =
          append(list.data(), list.size() * sizeof(trace_enumerator));
    field.enumerator_count = static_cast<uint32_t>(list.size());
    memcpy(bytes_.data() + at, &field, sizeof field);
  }

  std::vector<unsigned char> bytes_;
};

inline FieldSpec integer(std::string name, uint8_t size, bool is_signed) {
  return {std::move(name), TRACE_FIELD_INTEGER, size,
          is_signed ? uint8_t{TRACE_FIELD_SIGNED} : uint8_t{0}};
}
inline FieldSpec string(std::string name) {
  return {std::move(name), TRACE_FIELD_STRING, 2};
}

class Payload {
public:
  template <typename T> Payload &add(T value) {
    const auto *from = reinterpret_cast<const uint8_t *>(&value);
    bytes.insert(bytes.end(), from, from + sizeof value);
    return *this;
  }
  Payload &add_string(const std::string &text) {
    add(static_cast<uint16_t>(text.size()));
    bytes.insert(bytes.end(), text.begin(), text.end());
    return *this;
  }
  std::vector<uint8_t> bytes;
};

#endif
