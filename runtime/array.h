/// A growing array of trivially copyable elements, without exceptions: what
/// may fail for want of memory returns false.
#ifndef TRACE_RUNTIME_ARRAY_H
#define TRACE_RUNTIME_ARRAY_H

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>

namespace trace {

template <typename T> class Array {
  static_assert(std::is_trivially_copyable_v<T>);

public:
  Array() = default;
  Array(const Array &) = delete;
  Array &operator=(const Array &) = delete;
  ~Array() { free(data_); }

  [[nodiscard]] bool reserve(size_t capacity) {
    if (capacity <= capacity_)
      return true;
    if (capacity > static_cast<size_t>(-1) / 2 / sizeof(T))
      return false;
    void *grown = realloc(static_cast<void *>(data_), capacity * sizeof(T));
    if (!grown)
      return false;
    data_ = static_cast<T *>(grown);
    capacity_ = capacity;
    return true;
  }

  /// Room for one more.
  [[nodiscard]] bool reserve_one() {
    return size_ < capacity_ || reserve(capacity_ ? capacity_ * 2 : 8);
  }

  /// To `size` elements, all bytes of which are zero.
  [[nodiscard]] bool resize(size_t size) {
    if (!reserve(size))
      return false;
    size_ = size;
    if (size > 0)
      memset(static_cast<void *>(data_), 0, size * sizeof(T));
    return true;
  }

  [[nodiscard]] bool push(const T &value) {
    if (!reserve_one())
      return false;
    data_[size_++] = value;
    return true;
  }

  void erase(size_t index) {
    --size_;
    memmove(static_cast<void *>(data_ + index), data_ + index + 1,
            (size_ - index) * sizeof(T));
  }

  void shrink(size_t size) { size_ = size; }

  void swap(Array &other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  size_t size() const { return size_; }
  T &operator[](size_t index) { return data_[index]; }
  const T &operator[](size_t index) const { return data_[index]; }
  T *begin() { return data_; }
  T *end() { return data_ + size_; }
  const T *begin() const { return data_; }
  const T *end() const { return data_ + size_; }
  operator std::span<const T>() const { return {data_, size_}; }

private:
  T *data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

} // namespace trace

#endif
