"""Programs with as many trace points as one wants."""


def event_source(events, sites, first=0, system=None, padding=0, tracer="trace", lead=0):
    """C functions with `sites` sites of each of `events` events, each site in a
    function of its own, f<first>_<event>_<site>, with `padding` bytes behind it;
    those of every other event `lead` bytes behind an aligned word's begin."""
    lines = ["#define PAD(n) __asm__ volatile(\".zero \" #n \", 0x90\")",
             "#define LEAD(n) __asm__ volatile(\".balign 8, 0x90; .zero \" #n \", 0x90\")"]
    attribute = "__attribute__((trace_point))" if tracer == "trace" else ""
    for event in range(events):
        name = f"trace_e{first + event}"
        if tracer == "trace":
            where = f' __attribute__((trace_system("{system}")))' if system else ""
            lines.append(f"{attribute}{where} void {name}(int a, unsigned long b);")
        else:
            lines.append(f"#define {name}(a, b) (void)0")
    for event in range(events):
        for site in range(sites):
            pad = f" PAD({padding});" if padding else ""
            before = f" LEAD({lead});" if lead and event % 2 else ""
            lines.append(f"int f{first + event}_{site}(int a, unsigned long b) "
                         f"{{{before} trace_e{first + event}(a, b);{pad} return a + 1; }}")
    return "\n".join(lines) + "\n"
