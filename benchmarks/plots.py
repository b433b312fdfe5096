"""What does a table look like as bars?"""

from collections.abc import Iterator
from html import escape
from typing import Final

from benchmarks.measuring import short
from benchmarks.results import Plot

LEFT, WIDTH, BAR, GAP, TOP = 190, 420, 15, 9, 44
COLOURS: Final = ("#1d70b8", "#00703c", "#d4351c", "#f47738", "#4c2c92", "#505a5f")


def drawn(plot: Plot) -> str:
    """An SVG: a group of bars a label, in the order given, each with its number."""
    height = TOP + len(plot.labels) * (BAR * len(plot.series) + GAP) + (18 if len(plot.series) > 1 else 0)
    size = f'width="{LEFT + WIDTH + 90}" height="{height}"'
    style = 'font-family="sans-serif" font-size="12"'
    title = f'<text x="0" y="16" font-weight="bold">{escape(plot.title)}, {escape(plot.unit)}</text>'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>'
    paper = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([opening, paper, title, *_groups(plot), *_legend(plot, height), "</svg>", ""])


def _groups(plot: Plot) -> Iterator[str]:
    most = max((value for values in plot.series.values() for value in values), default=0) or 1
    y = TOP - 14
    for at, label in enumerate(plot.labels):
        yield f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(label)}</text>'
        for colour, values in zip(COLOURS, plot.series.values(), strict=False):
            wide = round(values[at] / most * WIDTH, 1)
            yield f'<rect x="{LEFT}" y="{y}" width="{wide}" height="{BAR - 2}" fill="{colour}"/>'
            yield f'<text x="{LEFT + wide + 5}" y="{y + 11}">{short(values[at])}</text>'
            y += BAR
        y += GAP


def _legend(plot: Plot, height: int) -> Iterator[str]:
    if len(plot.series) > 1:
        step = (LEFT + WIDTH + 80) // len(plot.series)
        for at, (colour, name) in enumerate(zip(COLOURS, plot.series, strict=False)):
            yield f'<text x="{at * step}" y="{height - 5}" fill="{colour}" font-size="10">■ {escape(name)}</text>'
