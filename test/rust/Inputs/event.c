#include "event.h"

int calls_event(int value) {
  trace_event(value);
  return value;
}
