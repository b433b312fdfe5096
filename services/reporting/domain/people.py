"""What is known of one person after the decisions about them, in order, and what was known before?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from services.reporting.domain.facets import Said, Spans, dimensions_of, said_of
from services.reporting.domain.heard import FiguresDecided, Given
from services.reporting.domain.timelines import NOTHING, Timeline, timelines_of

NO_CAMPAIGN: Final = -1
"""Where the dimensions of somebody lie who is in no campaign yet."""


class KnownOutOfOrder(Exception):
    """A decision claims to have been known before the one that we hold: the person is set aside, the others go on."""


class Cause(NamedTuple):
    """The moment from which something is known, and the event that made it known."""

    known_from: datetime
    caused_by: UUID
    cause: str


class Known(NamedTuple):
    """The numbers of the timelines of one person in one campaign, and since when and why that is known."""

    membership: int
    outcome: int
    participation: int
    need: int
    dimensions: int
    since: Cause

    @property
    def numbers(self) -> tuple[int, ...]:
        return self[:5]

    @property
    def counted(self) -> tuple[int, int, int, int]:
        """Those of membership, outcome, participation and dimensions: nobody counts needs."""
        return self.membership, self.outcome, self.participation, self.dimensions


class Before(NamedTuple):
    """What was known in a campaign until a moment."""

    campaign: int
    known: Known
    known_to: datetime


class Numbered(NamedTuple):
    """What a decision says, as numbers of timelines: of each campaign by facet, None where it does not say it."""

    campaigns: Mapping[int, tuple[int | None, ...]]
    dimensions: int | None


class Told(NamedTuple):
    """What a decision says, in the words in which we keep it."""

    campaigns: Mapping[int, Said]
    dimensions: Spans | None

    @property
    def timelines(self) -> Iterable[Timeline]:
        for said in self.campaigns.values():
            yield from timelines_of(said)
        if self.dimensions:
            yield "dimensions", self.dimensions

    def numbered(self, numbers: Mapping[Timeline, int]) -> Numbered:
        campaigns = {
            campaign: tuple(_number(facet, spans, numbers) for facet, spans in zip(Said._fields, said, strict=True))
            for campaign, said in self.campaigns.items()
        }
        return Numbered(campaigns, _number("dimensions", self.dimensions, numbers))


def told(given: Given, reasons: Sequence[int]) -> Told:
    """`reasons` are our numbers of those that are given, in their order."""
    campaigns = {campaign["campaign"]: said_of(campaign, reasons) for campaign in given.get("campaigns", ())}
    return Told(campaigns, dimensions_of(given))


def since(event: FiguresDecided) -> Cause:
    return Cause(event.known_from, event.caused_by, event.cause)


@dataclass(slots=True)
class Person:
    """One person: what the store holds as known now, by campaign, what is known after it, and what was in between."""

    held: Mapping[int, Known]
    now: dict[int, Known] = field(default_factory=dict)
    before: list[Before] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = dict(self.held)

    @property
    def changed(self) -> list[int]:
        return [campaign for campaign, known in self.now.items() if self.held.get(campaign) is not known]

    def hears(self, said: Numbered, since: Cause) -> None:
        """Applies a decision; the moment that made known what we hold may replace it, an earlier one is refused."""
        lived = self._lived() if said.dimensions is None else said.dimensions
        for campaign, numbers in said.campaigns.items():
            old = self.now.get(campaign)
            kept = old.numbers if old else (NOTHING,) * 4
            new = [was if now is None else now for was, now in zip(kept, numbers, strict=False)]
            self._becomes(campaign, Known._make((*new, lived, since)))
        if said.dimensions is not None:
            self._moves(said, lived, since)

    def _lived(self) -> int:
        return next((known.dimensions for known in self.now.values()), NOTHING)

    def _moves(self, said: Numbered, lived: int, since: Cause) -> None:
        """Dimensions are the same in every campaign."""
        for campaign in [campaign for campaign in self.now if campaign not in said.campaigns]:
            self._becomes(campaign, self.now[campaign]._replace(dimensions=lived, since=since))
        if not self.now:
            self._becomes(NO_CAMPAIGN, Known(0, 0, 0, 0, lived, since))

    def _becomes(self, campaign: int, new: Known) -> None:
        old = self.now.get(campaign)
        if old is not None and old.numbers == new.numbers:
            return
        if old is not None and old.since.known_from > new.since.known_from:
            raise KnownOutOfOrder("a decision came after a later one")
        if old is not None and old.since.known_from < new.since.known_from:
            self.before.append(Before(campaign, old, new.since.known_from))
        self.now[campaign] = new


def _number(facet: str, spans: Spans | None, numbers: Mapping[Timeline, int]) -> int | None:
    if spans is None:
        return None
    return numbers[facet, spans] if spans else NOTHING
