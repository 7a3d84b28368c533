"""Bars and lines as SVG."""

import html
import math

COLOURS = ["#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#a463f2", "#97bbf5", "#9c6b4e"]


def _text(x, y, text, anchor="start", size=12):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">'
            f"{html.escape(str(text))}</text>")


def _page(width, height, title, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="sans-serif">\n'
            f'<rect width="{width}" height="{height}" fill="white"/>\n'
            + _text(10, 20, title, size=14) + "\n" + "\n".join(parts) + "\n</svg>\n")


def bars(title, groups, unit, logarithmic=False):
    """groups: {group: {name: value}}; a bar for each value."""
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    values = [value for group in groups.values() for value in group.values()]
    most, least = max(values) or 1, min(values)
    left = 25 + 7 * max(map(len, groups)) + 5.6 * max(map(len, names))
    width, row, longest = left + 450, 16, 340

    def length(value):
        if logarithmic: # the least has a bar, too
            return longest * math.log(2 * value / least) / math.log(2 * most / least)
        return longest * max(value, 0) / most

    parts, y = [], 40
    for group, bars_of_group in groups.items():
        parts.append(_text(10, y + 12, group, size=12))
        for name, value in bars_of_group.items():
            colour = COLOURS[names.index(name) % len(COLOURS)]
            parts.append(f'<rect x="{left:.1f}" y="{y}" width="{max(length(value), 1):.1f}" height="{row - 3}" '
                         f'fill="{colour}"/>')
            parts.append(_text(left - 6, y + 11, name, "end", 11))
            parts.append(_text(left + length(value) + 5, y + 11, f"{value:.4g} {unit}", size=11))
            y += row
        y += 8
    return _page(f"{width:.0f}", y + 10, title + (" (logarithmic)" if logarithmic else ""), parts)


def lines(title, series, x_label, y_label):
    """series: {name: [(x, y)]}, on logarithmic axes."""
    points = [(x, y) for each in series.values() for x, y in each if x > 0 and y > 0]
    x0, x1 = (f(math.log10(x) for x, _ in points) for f in (min, max))
    y0, y1 = (f(math.log10(y) for _, y in points) for f in (min, max))
    y0, y1 = math.floor(y0), math.ceil(y1 + 1e-9)
    left, top, wide, high = 70, 40, 480, 320

    def place(x, y):
        return (left + (math.log10(x) - x0) / ((x1 - x0) or 1) * wide,
                top + high - (math.log10(y) - y0) / ((y1 - y0) or 1) * high)

    parts = [f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="none" stroke="#999"/>']
    for power in range(y0, y1 + 1):
        _, y = place(10**x0, 10.0**power)
        parts.append(f'<line x1="{left}" x2="{left + wide}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(_text(left - 5, y + 4, f"{10.0**power:g}", "end", 11))
    for power in range(math.ceil(x0), math.floor(x1) + 1):
        x, _ = place(10.0**power, 10**y0)
        parts.append(_text(x, top + high + 16, f"{10**power:,}", "middle", 11))
    parts.append(_text(left + wide / 2, top + high + 34, x_label, "middle"))
    parts.append(_text(left, top - 6, y_label, size=11))
    for index, (name, each) in enumerate(series.items()):
        colour = COLOURS[index % len(COLOURS)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*p) for p in each if p[1] > 0))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<rect x="{left + wide + 15}" y="{top + index * 20}" width="12" height="12" '
                     f'fill="{colour}"/>')
        parts.append(_text(left + wide + 33, top + 10 + index * 20, name, size=11))
    return _page(760, top + high + 50, title, parts)
