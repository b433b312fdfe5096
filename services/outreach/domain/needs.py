"""On which days does somebody need to be contacted, for which campaign, since when, and what bears on how soon?"""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from services.outreach.domain.facets import CampaignHeld, Facets
from shared.domain.decisions import DimensionsSpan, Span

ALWAYS: Final = date.min
FOREVER: Final = date.max
UNKNOWN: Final = DimensionsSpan()

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
    return [need for campaign in held.campaigns for need in _of(campaign, held.dimensions, contact_rows)]


def _of(held: CampaignHeld, dimensions: Sequence[DimensionsSpan], contact_rows: frozenset[str]) -> Iterator[Need]:
    wanted = [span for span in held.need if span.row in contact_rows]
    edges = {day for span in wanted for day in (_start(span), _end(span))}
    others = {day for span in (*held.membership, *dimensions) for day in (_start(span), _end(span))}
    since, until = ALWAYS, None
    for from_on, to_on in pairwise(sorted(edges | {day for day in others if edges and min(edges) < day < max(edges)})):
        span = _on(wanted, from_on)
        if span is not None:
            since, until = since if until == from_on else from_on, to_on
            member, where = _on(held.membership, from_on), _on(dimensions, from_on) or UNKNOWN
            yield Need(
                held.campaign, from_on, to_on, span.row, span.because, since,
                member.year_group if member else None, member.establishment if member else None,
                where.characteristics, where.send, where.roni_band,
            )  # fmt: skip


def _start(span: Span) -> date:
    return span.from_on or ALWAYS


def _end(span: Span) -> date:
    return span.to_on or FOREVER


def _on(spans: Sequence[S], day: date) -> S | None:
    return next((span for span in spans if _start(span) <= day < _end(span)), None)
