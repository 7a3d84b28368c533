/// What measure.cpp measures, as each tracer does it, and the code that runs
/// meanwhile.
#ifndef SWITCH_H
#define SWITCH_H

/// The number of events that `what` switched; negative: an error, with a message
/// to stderr.
int switch_on(const char *what);
int switch_off(const char *what);

/// A site of event e0.
extern "C" unsigned long f0_0(unsigned long a, unsigned long b);

#endif
