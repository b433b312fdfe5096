"""On which days does somebody need to be contacted, for which campaign, since when, and what bears on how soon?"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from services.outreach.domain.facets import CampaignHeld, Facets, Span, Traits

ALWAYS: Final = date.min.isoformat()
FOREVER: Final = date.max.isoformat()
UNKNOWN: Final = Traits()

S = TypeVar("S", bound=Span)


class Need(NamedTuple):
    """From `from_on` to the day before `to_on` they need contact; `waiting_since` is when days without a gap began."""

    campaign: int
    from_on: date
    to_on: date
    row_code: str
    because: str
    waiting_since: date
    year_group: int | None
    establishment: str | None
    characteristics: tuple[str, ...]
    provision: str
    roni_band: str | None


def asked_of_young_people(table: str) -> frozenset[str]:
    """Rows of need, from a table `row,asked`, that ask the young person and not their provider."""
    return frozenset(row["row"] for row in csv.DictReader(table.splitlines()) if row["asked"] == "young person")


def needs(held: Facets, contact_rows: frozenset[str]) -> list[Need]:
    """All days of all campaigns on which the young person is to be contacted."""
    dimensions = held.get("dimensions", [])
    return [need for campaign in held.get("campaigns", ()) for need in _of(campaign, dimensions, contact_rows)]


def on(day: date, needed: Iterable[Need]) -> list[Need]:
    """Of these needs those of a day."""
    return [need for need in needed if need.from_on <= day < need.to_on]


def _of(held: CampaignHeld, dimensions: Sequence[Traits], contact_rows: frozenset[str]) -> Iterator[Need]:
    wanted = [span for span in held.get("need", ()) if span["row"] in contact_rows]
    if not wanted:
        return
    membership = held.get("membership", [])
    edges = _edges(membership) | _edges(dimensions)
    since, until = ALWAYS, ""
    for span in sorted(wanted, key=_start):
        for from_on, to_on in pairwise(_days(span, edges)):
            since, until = since if until == from_on else from_on, to_on
            member, where = _on(membership, from_on), _on(dimensions, from_on) or UNKNOWN
            yield Need(
                held["campaign"],
                date.fromisoformat(from_on),
                date.fromisoformat(to_on),
                span["row"],
                span["because"],
                date.fromisoformat(since),
                member["year_group"] if member else None,
                member["establishment"] if member else None,
                tuple(where.get("characteristics", ())),
                where.get("send", "unknown"),
                where.get("roni_band"),
            )


def _edges(spans: Iterable[Span]) -> set[str]:
    return {day for span in spans for day in (span.get("from_on"), span.get("to_on")) if day}


def _days(span: Span, edges: Iterable[str]) -> list[str]:
    """The first day of a span, those on which something else changes, and the day after its last."""
    first, last = _start(span), _end(span)
    return [first, *sorted(day for day in edges if first < day < last), last]


def _start(span: Span) -> str:
    return span.get("from_on") or ALWAYS


def _end(span: Span) -> str:
    return span.get("to_on") or FOREVER


def _on(spans: Iterable[S], day: str) -> S | None:
    for span in spans:
        if _start(span) <= day < _end(span):
            return span
    return None
