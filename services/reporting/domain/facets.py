"""What do we hold of one person? Each facet as it was last said, in few words, and as it is after another decision."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from shared.domain.decisions import (
    CampaignDecided,
    DimensionsSpan,
    MembershipSpan,
    OutcomeSpan,
    ParticipationSpan,
    PersonDecided,
    Span,
)

ALWAYS: Final = date.min.toordinal()
FOREVER: Final = date.max.toordinal()

Held = tuple[int, int, Sequence[Any]]
"""From a day to the day before another, as ordinals, and what holds; a facet is these in order."""

S = TypeVar("S", bound=Span)


class CampaignHeld(NamedTuple):
    """The facets of one campaign: their values are the columns of `spans.Flat`, of membership also why not live."""

    campaign: int
    membership: Sequence[Held] = ()
    outcome: Sequence[Held] = ()
    participation: Sequence[Held] = ()
    need: Sequence[Held] = ()


class Facets(NamedTuple):
    campaigns: tuple[CampaignHeld, ...] = ()
    dimensions: Sequence[Held] = ()

    def of(self, campaign: int) -> CampaignHeld:
        return next((held for held in self.campaigns if held.campaign == campaign), CampaignHeld(campaign))


def with_said(held: Facets, event: PersonDecided, reasons: Sequence[int]) -> Facets:
    """The facets after a decision; `reasons` are our numbers of the event's, in its order."""
    said = {
        campaign.campaign: _replacing(held.of(campaign.campaign), campaign, reasons) for campaign in event.campaigns
    }
    campaigns = {campaign.campaign: campaign for campaign in held.campaigns} | said
    dimensions = held.dimensions if event.dimensions is None else _distinct(_held(event.dimensions, _counted_by))
    return Facets(tuple(campaigns[number] for number in sorted(campaigns)), dimensions)


def touched(held: Facets, event: PersonDecided) -> set[int]:
    """The campaigns whose spans may differ after the decision; `held` are the facets with it."""
    if event.dimensions is not None:
        return {campaign.campaign for campaign in held.campaigns}
    return {campaign.campaign for campaign in event.campaigns}


def _replacing(held: CampaignHeld, said: CampaignDecided, reasons: Sequence[int]) -> CampaignHeld:
    return CampaignHeld(
        held.campaign,
        held.membership if said.membership is None else _held(said.membership, _belongs),
        held.outcome if said.outcome is None else _held(said.outcome, lambda span: _turned_out(span, reasons)),
        held.participation if said.participation is None else _held(said.participation, lambda s: _does(s, reasons)),
        held.need if said.need is None else _held(said.need, lambda span: (span.row, reasons[span.reason])),
    )


def _held(spans: Iterable[S], values: Callable[[S], Sequence[Any]]) -> tuple[Held, ...]:
    found = [
        (
            ALWAYS if span.from_on is None else span.from_on.toordinal(),
            FOREVER if span.to_on is None else span.to_on.toordinal(),
            values(span),
        )
        for span in spans
    ]
    return tuple(sorted(found, key=itemgetter(0)))


def _distinct(spans: Sequence[Held]) -> tuple[Held, ...]:
    """Neighbours that say the same are one."""
    found: list[Held] = []
    for from_on, to_on, values in spans:
        if found and found[-1][1:] == (from_on, values):
            found[-1] = (found[-1][0], to_on, values)
        else:
            found.append((from_on, to_on, values))
    return tuple(found)


def _belongs(span: MembershipSpan) -> Sequence[Any]:
    return span.year_group, span.establishment, span.frozen, span.frozen_establishment, span.live, span.gone


def _turned_out(span: OutcomeSpan, reasons: Sequence[int]) -> Sequence[Any]:
    return span.outcome.value, reasons[span.reason]


def _does(span: ParticipationSpan, reasons: Sequence[int]) -> Sequence[Any]:
    lapses_on = span.lapses_on and span.lapses_on.toordinal()
    return span.group.value, span.activity_code, span.confirmed, lapses_on, reasons[span.reason]


def _counted_by(span: DimensionsSpan) -> Sequence[Any]:
    """Without what only priority looks at."""
    return span.district, span.sex, span.ethnicity, span.send, span.vulnerable
