"""What holds on a day of what was said of a facet, and in which words does a timeline lie in its table?"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from services.reporting.domain.facets import Held, Said, Spans

NOTHING: Final = 0
"""The number of a timeline without a span."""

Timeline = tuple[str, Spans]
"""A facet's name and its spans, at least one."""

COUNTED: Final = ("membership", "dimensions", "outcome", "participation")
"""The facets that figures are counted from."""

COLUMNS: Final = {
    "membership": ("year_group", "establishment", "frozen", "frozen_establishment", "live", "gone", "ever_live"),
    "dimensions": ("district", "sex", "ethnicity", "send", "vulnerable"),
    "outcome": ("outcome", "reason"),
    "participation": ("participation", "activity_code", "confirmed", "lapses_on", "reason"),
    "need": ("need_row", "reason"),
}
"""By facet the columns of its table after the timeline's number and the two days."""


def timelines_of(said: Said) -> Iterator[Timeline]:
    for facet, spans in zip(said._fields, said, strict=True):
        if spans:
            yield facet, spans


def on_day(spans: Spans, day: date) -> tuple[Any, ...] | None:
    ordinal = day.toordinal()
    for from_on, to_on, values in spans:
        if from_on <= ordinal < to_on:
            return values
    return None


def turns(timeline: Timeline) -> set[date]:
    """The days, without the first and the last there are, on which figures may change for whoever has it."""
    facet, spans = timeline
    days = {date.fromordinal(day) for span in spans for day in span[:2]} if facet in COUNTED else set()
    return days - {date.min, date.max}


def rows(number: int, timeline: Timeline) -> Iterator[tuple[Any, ...]]:
    """The spans as they lie in the table of their facet."""
    facet, spans = timeline
    ever_live = False
    for from_on, to_on, values in spans:
        if facet == "membership":
            ever_live = ever_live or values[4]
            values = (*values, ever_live)
        yield number, date.fromordinal(from_on), date.fromordinal(to_on), *_dated(facet, values)


def spans_of(facet: str, lying: list[tuple[Any, ...]]) -> Spans:
    """What `rows` gave, without the number and what only `rows` adds."""
    return tuple((row[0].toordinal(), row[1].toordinal(), _undated(facet, row[2:])) for row in lying)


def _dated(facet: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    if facet != "participation" or values[3] is None:
        return values
    return *values[:3], date.fromordinal(values[3]), values[4]


def _undated(facet: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    if facet != "participation" or values[3] is None:
        return values
    return *values[:3], values[3].toordinal(), values[4]


def held(said: list[list[Any]]) -> Spans:
    """Spans that were read from JSON."""
    return tuple(_held(*span) for span in said)


def _held(from_on: int, to_on: int, values: list[Any]) -> Held:
    return from_on, to_on, tuple(values)
