"""Programs with as many events and sites as one wants, of any tracer of sites.h."""


def event_source(events, sites, first=0, padding=0, lead=0):
    """C functions with `sites` sites of each of `events` events, each site in a
    function of its own, f<event>_<site>, with `padding` bytes behind it; those of
    every other event `lead` bytes behind an aligned word's begin. The events are
    numbered from `first` on."""
    lines = ['#include "sites.h"',
             "#define PAD(n) __asm__ volatile(\".zero \" #n \", 0x90\")",
             "#define LEAD(n) __asm__ volatile(\".balign 8, 0x90; .zero \" #n \", 0x90\")"]
    numbers = range(first, first + events)
    lines += [f"EVENT(e{event})" for event in numbers]
    for event in numbers:
        before = f" LEAD({lead});" if lead and event % 2 else ""
        behind = f" PAD({padding});" if padding else ""
        lines += [f"ENTRY unsigned long f{event}_{site}(unsigned long a, unsigned long b) "
                  f"{{{before} SITE(e{event}, a, b);{behind} return a + 1; }}" for site in range(sites)]
    return "\n".join(lines) + "\n"


def write_lttng_provider(folder, events):
    """provider.h and provider.c for the events of event_source(), as LTTng-UST
    asks for them."""
    declarations = [
        f"LTTNG_UST_TRACEPOINT_EVENT(bench, e{event}, LTTNG_UST_TP_ARGS(unsigned long, a, unsigned long, b),"
        " LTTNG_UST_TP_FIELDS(lttng_ust_field_integer(unsigned long, a, a)"
        " lttng_ust_field_integer(unsigned long, b, b)))" for event in range(events)]
    (folder / "provider.h").write_text("\n".join([
        "#undef LTTNG_UST_TRACEPOINT_PROVIDER",
        "#define LTTNG_UST_TRACEPOINT_PROVIDER bench",
        "#undef LTTNG_UST_TRACEPOINT_INCLUDE",
        '#define LTTNG_UST_TRACEPOINT_INCLUDE "./provider.h"',
        "#if !defined(PROVIDER_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)",
        "#define PROVIDER_H",
        "#include <lttng/tracepoint.h>",
        *declarations,
        "#endif",
        "#include <lttng/tracepoint-event.h>"]) + "\n")
    (folder / "provider.c").write_text("#define LTTNG_UST_TRACEPOINT_CREATE_PROBES\n"
                                       "#define LTTNG_UST_TRACEPOINT_DEFINE\n"
                                       '#include "provider.h"\n')
