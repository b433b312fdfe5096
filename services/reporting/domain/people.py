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
    """The numbers of the timelines of one person in one campaign, and since when and why that is known.

    Of what the store holds the cause stays there.
    """

    membership: int
    outcome: int
    participation: int
    need: int
    dimensions: int
    known_from: datetime
    cause: Cause | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        return self[:5]

    @property
    def counted(self) -> tuple[int, int, int, int]:
        """Those of membership, outcome, participation and dimensions: nobody counts needs."""
        return self.membership, self.outcome, self.participation, self.dimensions


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
    """One person: what the store holds as known now, by campaign, and what has become of it, each in turn."""

    held: Mapping[int, Known]
    now: dict[int, Known] = field(default_factory=dict)
    became: dict[int, list[Known]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = dict(self.held)

    def hears(self, said: Numbered, since: Cause) -> None:
        """Applies a decision; the moment that made known what we hold may replace it, an earlier one is refused."""
        lived = self._lived() if said.dimensions is None else said.dimensions
        for campaign, numbers in said.campaigns.items():
            old = self.now.get(campaign)
            kept = old.numbers if old else (NOTHING,) * 4
            new = [was if now is None else now for was, now in zip(kept, numbers, strict=False)]
            self._becomes(campaign, Known._make((*new, lived, since.known_from, since)))
        if said.dimensions is not None:
            self._moves(said, lived, since)

    def _lived(self) -> int:
        return next((known.dimensions for known in self.now.values()), NOTHING)

    def _moves(self, said: Numbered, lived: int, since: Cause) -> None:
        """Dimensions are the same in every campaign."""
        for campaign in [campaign for campaign in self.now if campaign not in said.campaigns]:
            self._becomes(
                campaign, self.now[campaign]._replace(dimensions=lived, known_from=since.known_from, cause=since)
            )
        if not self.now:
            self._becomes(NO_CAMPAIGN, Known(0, 0, 0, 0, lived, since.known_from, since))

    def _becomes(self, campaign: int, new: Known) -> None:
        old = self.now.get(campaign)
        if old is not None and old.numbers == new.numbers:
            return
        if old is not None and old.known_from > new.known_from:
            raise KnownOutOfOrder("a decision came after a later one")
        became = self.became.setdefault(campaign, [])
        if became and became[-1].known_from == new.known_from:
            became.pop()
        became.append(new)
        self.now[campaign] = new


def _number(facet: str, spans: Spans | None, numbers: Mapping[Timeline, int]) -> int | None:
    if spans is None:
        return None
    return numbers[facet, spans] if spans else NOTHING
