"""What does a decision say of each facet? Its spans in few words, and what we hold of one person after another one."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final, NamedTuple

from shared.domain.decisions import (
    CampaignDecided,
    DimensionsSpan,
    MembershipSpan,
    NeedSpan,
    OutcomeSpan,
    ParticipationSpan,
    PersonDecided,
)

FIRST: Final = date.min
LAST: Final = date.max

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


def said_of(campaign: CampaignDecided, reasons: Sequence[int]) -> Said:
    """`reasons` are our numbers of the event's, in its order."""
    membership, outcome, does, need = campaign.membership, campaign.outcome, campaign.participation, campaign.need
    return Said(
        None if membership is None else _memberships(membership),
        None if outcome is None else _outcomes(outcome, reasons),
        None if does is None else _participations(does, reasons),
        None if need is None else _needs(need, reasons),
    )


def dimensions_of(event: PersonDecided) -> Spans | None:
    """Without what only priority looks at."""
    return None if event.dimensions is None else _distinct(_dimensions(event.dimensions))


def with_said(held: Facets, event: PersonDecided, reasons: Sequence[int]) -> Facets:
    """The facets after a decision."""
    campaigns = {campaign.campaign: campaign for campaign in held.campaigns}
    for campaign in event.campaigns:
        before, said = held.of(campaign.campaign), said_of(campaign, reasons)
        new = (old if now is None else now for old, now in zip(before[1:], said, strict=True))
        campaigns[campaign.campaign] = CampaignHeld(campaign.campaign, *new)
    dimensions = dimensions_of(event)
    return Facets(
        tuple(campaigns[number] for number in sorted(campaigns)), held.dimensions if dimensions is None else dimensions
    )


def _in_order(spans: list[Held]) -> Spans:
    spans.sort(key=itemgetter(0))
    return tuple(spans)


def _memberships(spans: Iterable[MembershipSpan]) -> Spans:
    return _in_order(
        [((s.from_on or FIRST).toordinal(), (s.to_on or LAST).toordinal(),
          (s.year_group, s.establishment, s.frozen, s.frozen_establishment, s.live, s.gone))
         for s in spans]
    )  # fmt: skip


def _outcomes(spans: Iterable[OutcomeSpan], reasons: Sequence[int]) -> Spans:
    return _in_order(
        [((s.from_on or FIRST).toordinal(), (s.to_on or LAST).toordinal(), (s.outcome._value_, reasons[s.reason]))
         for s in spans]
    )  # fmt: skip


def _participations(spans: Iterable[ParticipationSpan], reasons: Sequence[int]) -> Spans:
    return _in_order(
        [((s.from_on or FIRST).toordinal(), (s.to_on or LAST).toordinal(),
          (s.group._value_, s.activity_code, s.confirmed, s.lapses_on and s.lapses_on.toordinal(), reasons[s.reason]))
         for s in spans]
    )  # fmt: skip


def _needs(spans: Iterable[NeedSpan], reasons: Sequence[int]) -> Spans:
    return _in_order(
        [((s.from_on or FIRST).toordinal(), (s.to_on or LAST).toordinal(), (s.row, reasons[s.reason])) for s in spans]
    )


def _dimensions(spans: Iterable[DimensionsSpan]) -> Spans:
    return _in_order(
        [((s.from_on or FIRST).toordinal(), (s.to_on or LAST).toordinal(),
          (s.district, s.sex, s.ethnicity, s.send, s.vulnerable))
         for s in spans]
    )  # fmt: skip


def _distinct(spans: Spans) -> Spans:
    """Neighbours that say the same are one."""
    found: list[Held] = []
    for from_on, to_on, values in spans:
        if found and found[-1][1:] == (from_on, values):
            found[-1] = (found[-1][0], to_on, values)
        else:
            found.append((from_on, to_on, values))
    return tuple(found)
