// Arguments without side effects are evaluated only while the event is on; the
// others are named, at their place, but a plain getter is not.
// RUN: %clangxx_trace -std=c++20 -O0 -fsyntax-only -Xclang -verify=source %s
// RUN: %clangxx_trace -std=c++20 -O0 -c -o /dev/null -Xclang -verify=source,called %s
// RUN: %clangxx_trace -std=c++20 -O2 -c -o /dev/null -Xclang -verify=source,called %s
// RUN: %clangxx_trace -std=c++20 -O2 -c -o /dev/null -fplugin-arg-trace-warn=off -Xclang -verify=off %s
// off-no-diagnostics

#include <trace/point.h>

struct Owner {
  Owner();
  ~Owner();
};
struct Text {
  Text(const char *);
  ~Text();
  const char *c_str() const;
};
class Label {
  const char *characters;
  const char *data() const { return characters; }

public:
  // As in libstdc++: the getter within may throw for all that is declared.
  const char *c_str() const noexcept { return data(); }
};
class Widget {
  int count;
  Widget *next;

public:
  int size() const { return count; }
  int deep() const { return next->next ? next->size() : size() / 2; }
  int add() { return ++count; }
};

[[trace::point]] void trace_value(long a, long b);
[[trace::point]] void trace_text(const char *text);

long opaque(long);
[[gnu::pure]] long pure(long);
long twice(long a) { return a * 2; }
long loops(long a) {
  for (long i = 0; i < a; ++i)
    a -= i;
  return a;
}
static long counter;
long counts(long a) { return a + counter++; }

void nothing_to_say(Widget &w, long *p, bool c) {
  trace_value(w.size(), w.deep());
  trace_value(p[1] * 2, c ? p[2] : p[3]);
  trace_value(pure(1), twice(p[0]));
  trace_value(c && w.size(), !c);
  Owner cleanup;
  Label label;
  trace_value(w.size(), w.deep());
  trace_text(label.c_str());
}

// What is guarded is evaluated only while the event is on.
template <class T> void guarded(T a) {
  if (trace_enabled(trace_value))
    trace_value(opaque(1), a++);
}
void nothing_to_say_of_the_guarded(Widget &w, long *p) {
  if (trace_enabled(trace_value)) {
    long a = w.add();
    trace_value(a, p[0]++);
    for (int i = 0; i < 2; ++i)
      trace_value(opaque(i), w.add());
  } else if (p[1] && trace_enabled(trace_text) && p[2])
    trace_text(Text("a").c_str());
  guarded(p[3]);
}
void guarded_by_another(Widget &w) {
  if (trace_enabled(trace_text))
    // called-warning@+1 {{argument 1 of trace event 'trace_value' has side effects}}
    trace_value(w.add(), 1);
  if (trace_enabled(trace_value) || w.size())
    // called-warning@+1 {{argument 1 of trace event 'trace_value' has side effects}}
    trace_value(w.add(), 1);
  if (trace_enabled(trace_value))
    trace_value(1, 2);
  else
    // called-warning@+1 {{argument 1 of trace event 'trace_value' has side effects}}
    trace_value(w.add(), 1);
}

void evaluated_while_off(Widget &w, long *p) {
  // source-warning@+1 {{argument 1 of trace event 'trace_value' has side effects, so it is evaluated while the event is off, too; guard it with trace_enabled(trace_value)}}
  trace_value(p[0]++,
              p[1]);
  // source-warning@+2 {{argument 2 of trace event 'trace_value' has side effects}}
  trace_value(p[0],
              p[1] = 2);
  volatile long v = 0;
  // source-warning@+1 {{argument 2 of trace event 'trace_value' has side effects}}
  trace_value(1, v);
  // called-warning@+2 {{argument 2 of trace event 'trace_value' has side effects}}
  trace_value(1,
              opaque(2));
  // called-warning@+1 {{argument 1 of trace event 'trace_value' has side effects}}
  trace_value(counts(2), 1);
  // called-warning@+1 {{argument 1 of trace event 'trace_value' has side effects}}
  trace_value(w.add(), 1);
  // source-warning@+1 {{argument 1 of trace event 'trace_text' has side effects}}
  trace_text(Text("a").c_str());
}
