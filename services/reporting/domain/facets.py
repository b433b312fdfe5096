"""What does a decision say of each facet? Its spans in few words, and what we hold of one person after another one."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from services.reporting.domain.heard import (
    Campaign,
    Dimensions,
    Given,
    Membership,
    Need,
    Outcome,
    Participation,
    heard,
)
from shared.domain.decisions import PersonDecided

FIRST: Final = date.min.toordinal()
LAST: Final = date.max.toordinal()
UNSAID: Final = "unknown"
DAYS: Final = 20_000
"""That are remembered in both forms."""

Held = tuple[int, int, tuple[Any, ...]]
"""From a day to the day before another, as ordinals, and what holds; a facet is these in order."""

Spans = tuple[Held, ...]
"""What is said of one facet, whole."""


class CampaignHeld(NamedTuple):
    """The facets of one campaign: their values are the columns of `spans.Flat`, of membership also why not live."""

    campaign: int
    membership: Spans = ()
    outcome: Spans = ()
    participation: Spans = ()
    need: Spans = ()


class Facets(NamedTuple):
    campaigns: tuple[CampaignHeld, ...] = ()
    dimensions: Spans = ()

    def of(self, campaign: int) -> CampaignHeld:
        return next((held for held in self.campaigns if held.campaign == campaign), CampaignHeld(campaign))


class Said(NamedTuple):
    """The facets of a campaign that a decision says; one that it does not say is None."""

    membership: Spans | None
    outcome: Spans | None
    participation: Spans | None
    need: Spans | None


def said_of(campaign: Campaign, reasons: Sequence[int]) -> Said:
    """`reasons` are our numbers of the event's, in its order."""
    membership, outcome = campaign.get("membership"), campaign.get("outcome")
    does, need = campaign.get("participation"), campaign.get("need")
    return Said(
        None if membership is None else _memberships(membership),
        None if outcome is None else _outcomes(outcome, reasons),
        None if does is None else _participations(does, reasons),
        None if need is None else _needs(need, reasons),
    )


def dimensions_of(given: Given) -> Spans | None:
    """Without what only priority looks at."""
    dimensions = given.get("dimensions")
    return None if dimensions is None else _distinct(_dimensions(dimensions))


def with_said(held: Facets, event: PersonDecided, reasons: Sequence[int]) -> Facets:
    """The facets after a decision."""
    given, campaigns = heard(event).given, {campaign.campaign: campaign for campaign in held.campaigns}
    for campaign in given.get("campaigns", ()):
        before, said = held.of(campaign["campaign"]), said_of(campaign, reasons)
        new = (old if now is None else now for old, now in zip(before[1:], said, strict=True))
        campaigns[before.campaign] = CampaignHeld(before.campaign, *new)
    dimensions = dimensions_of(given)
    return Facets(
        tuple(campaigns[number] for number in sorted(campaigns)), held.dimensions if dimensions is None else dimensions
    )


def _in_order(spans: list[Held]) -> Spans:
    spans.sort(key=itemgetter(0))
    return tuple(spans)


def _memberships(spans: Iterable[Membership]) -> Spans:
    return _in_order(
        [(_begins(s.get("from_on")), _ends(s.get("to_on")),
          (s["year_group"], s["establishment"], s.get("frozen", False), s.get("frozen_establishment"),
           s.get("live", False), s.get("gone")))
         for s in spans]
    )  # fmt: skip


def _outcomes(spans: Iterable[Outcome], reasons: Sequence[int]) -> Spans:
    return _in_order(
        [(_begins(s.get("from_on")), _ends(s.get("to_on")), (s["outcome"], reasons[s["reason"]])) for s in spans]
    )


def _participations(spans: Iterable[Participation], reasons: Sequence[int]) -> Spans:
    return _in_order(
        [(_begins(s.get("from_on")), _ends(s.get("to_on")),
          (s["group"], s.get("activity_code"), s.get("confirmed"), _day(s.get("lapses_on")), reasons[s["reason"]]))
         for s in spans]
    )  # fmt: skip


def _needs(spans: Iterable[Need], reasons: Sequence[int]) -> Spans:
    return _in_order(
        [(_begins(s.get("from_on")), _ends(s.get("to_on")), (s["row"], reasons[s["reason"]])) for s in spans]
    )


def _dimensions(spans: Iterable[Dimensions]) -> Spans:
    return _in_order(
        [(_begins(s.get("from_on")), _ends(s.get("to_on")),
          (s.get("district", UNSAID), s.get("sex", UNSAID), s.get("ethnicity", UNSAID), s.get("send", UNSAID),
           s.get("vulnerable", UNSAID)))
         for s in spans]
    )  # fmt: skip


@lru_cache(maxsize=DAYS)
def _begins(day: str | None) -> int:
    return FIRST if day is None else date.fromisoformat(day).toordinal()


@lru_cache(maxsize=DAYS)
def _ends(day: str | None) -> int:
    return LAST if day is None else date.fromisoformat(day).toordinal()


@lru_cache(maxsize=DAYS)
def _day(day: str | None) -> int | None:
    return None if day is None else date.fromisoformat(day).toordinal()


def _distinct(spans: Spans) -> Spans:
    """Neighbours that say the same are one."""
    found: list[Held] = []
    for from_on, to_on, values in spans:
        if found and found[-1][1:] == (from_on, values):
            found[-1] = (found[-1][0], to_on, values)
        else:
            found.append((from_on, to_on, values))
    return tuple(found)
