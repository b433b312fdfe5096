"""What is true of one person in one campaign on each day? The facets, each with days of its own, as one row."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from shared.domain.decisions import CampaignDecided, DimensionsSpan, Span

ALWAYS: Final = date.min
FOREVER: Final = date.max

S = TypeVar("S", bound=Span)
UNKNOWN = DimensionsSpan()


class Flat(NamedTuple):
    """From `from_on` to the day before `to_on` all of this holds; a `_reason` is the number of a kept reason."""

    campaign: int
    from_on: date
    to_on: date
    year_group: int
    establishment: str
    frozen: bool
    frozen_establishment: str | None
    live: bool
    ever_live: bool
    district: str
    sex: str
    ethnicity: str
    send: str
    vulnerable: str
    outcome: str | None
    outcome_reason: int | None
    participation: str | None
    activity_code: int | None
    confirmed: bool | None
    lapses_on: date | None
    participation_reason: int | None
    need_row: str | None
    need_reason: int | None


class Standing(NamedTuple):
    """In which cohorts of a campaign somebody is over some days, and why not live; what the ledger is made of."""

    campaign: int
    from_on: date
    to_on: date
    frozen: bool
    live: bool
    gone: str | None


def flat(held: CampaignDecided, dimensions: Sequence[DimensionsSpan]) -> list[Flat]:
    """The spans of a campaign, in order; days on which there is no membership have none."""
    found: list[Flat] = []
    ever_live = False
    for from_on, to_on in pairwise(_breaks(held, dimensions)):
        joined = _joined(held, dimensions, from_on, to_on, ever_live)
        if joined is not None:
            ever_live = joined.ever_live
            _add(found, joined)
    return found


def standings(held: CampaignDecided) -> list[Standing]:
    found: list[Standing] = []
    for span in sorted(held.membership or (), key=start):
        _add(found, Standing(held.campaign, start(span), end(span), span.frozen, span.live, span.gone))
    return found


def start(span: Span) -> date:
    return span.from_on or ALWAYS


def end(span: Span) -> date:
    return span.to_on or FOREVER


def _breaks(held: CampaignDecided, dimensions: Sequence[DimensionsSpan]) -> list[date]:
    facets: Iterable[Sequence[Span] | None] = (
        held.membership, held.outcome, held.participation, held.need, dimensions,
    )  # fmt: skip
    return sorted({day for spans in facets for span in spans or () for day in (start(span), end(span))})


def _joined(
    held: CampaignDecided, dimensions: Sequence[DimensionsSpan], from_on: date, to_on: date, ever_live: bool
) -> Flat | None:
    member = _on(held.membership, from_on)
    if member is None:
        return None
    where = _on(dimensions, from_on) or UNKNOWN
    outcome, does, need = _on(held.outcome, from_on), _on(held.participation, from_on), _on(held.need, from_on)
    return Flat(
        held.campaign, from_on, to_on,
        member.year_group, member.establishment, member.frozen, member.frozen_establishment, member.live,
        ever_live or member.live,
        where.district, where.sex, where.ethnicity, where.send, where.vulnerable,
        *((outcome.outcome.value, outcome.reason) if outcome else (None, None)),
        *((does.group.value, does.activity_code, does.confirmed, does.lapses_on, does.reason) if does else (None,) * 5),
        *((need.row, need.reason) if need else (None, None)),
    )  # fmt: skip


def _on(spans: Sequence[S] | None, day: date) -> S | None:
    return next((span for span in spans or () if start(span) <= day < end(span)), None)


F = TypeVar("F", Flat, Standing)


def _add(found: list[F], span: F) -> None:
    """Neighbours that say the same are one span."""
    last = found[-1] if found else None
    if last is not None and last.to_on == span.from_on and last[3:] == span[3:]:
        found[-1] = last._replace(to_on=span.to_on)
    else:
        found.append(span)
