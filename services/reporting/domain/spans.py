"""What is true of one person in one campaign on each day? The facets, each with days of its own, as one row."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple, TypeVar

from services.reporting.domain.facets import CampaignHeld, Held

NOWHERE: Final = ("unknown", "U", "unknown", "unknown", "unknown")
"""Of somebody whose dimensions nobody has said."""
NO_OUTCOME: Final = (None,) * 2
NOTHING_DONE: Final = (None,) * 5
NO_NEED: Final = (None,) * 2


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


def flat(held: CampaignHeld, dimensions: Sequence[Held]) -> list[Flat]:
    """The spans of a campaign, in order; days on which there is no membership have none."""
    facets = (held.membership, dimensions, held.outcome, held.participation, held.need)
    days = sorted({day for span in chain.from_iterable(facets) for day in span[:2]})
    found: list[Flat] = []
    ever_live = False
    for (from_on, to_on), member, where, *rest in zip(pairwise(days), *(_walk(f, days) for f in facets), strict=False):
        if member is not None:
            ever_live = ever_live or member[4]
            _add(found, _joined((held.campaign, from_on, to_on), (*member[:5], ever_live, *(where or NOWHERE)), *rest))
    return found


def standings(held: CampaignHeld) -> list[Standing]:
    found: list[Standing] = []
    for from_on, to_on, (_, _, frozen, _, live, gone) in held.membership:
        _add(found, Standing(held.campaign, date.fromordinal(from_on), date.fromordinal(to_on), frozen, live, gone))
    return found


def _walk(spans: Sequence[Held], days: Sequence[int]) -> Iterator[Sequence[Any] | None]:
    """What a facet says on each of these days, both in order."""
    at = 0
    for day in days:
        while at < len(spans) and spans[at][1] <= day:
            at += 1
        yield spans[at][2] if at < len(spans) and spans[at][0] <= day else None


def _joined(
    key: tuple[int, int, int],
    person: Sequence[Any],
    outcome: Sequence[Any] | None,
    does: Sequence[Any] | None,
    need: Sequence[Any] | None,
) -> Flat:
    campaign, from_on, to_on = key
    group, code, confirmed, lapses_on, reason = does or NOTHING_DONE
    lapse = None if lapses_on is None else date.fromordinal(lapses_on)
    return Flat._make(
        (campaign, date.fromordinal(from_on), date.fromordinal(to_on), *person, *(outcome or NO_OUTCOME),
         group, code, confirmed, lapse, reason, *(need or NO_NEED))
    )  # fmt: skip


F = TypeVar("F", Flat, Standing)


def _add(found: list[F], span: F) -> None:
    """Neighbours that say the same are one span."""
    last = found[-1] if found else None
    if last is not None and last.to_on == span.from_on and last[3:] == span[3:]:
        found[-1] = last._replace(to_on=span.to_on)
    else:
        found.append(span)
