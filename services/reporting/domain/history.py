"""Which spans are closed and which opened when a person is decided anew? Only those that changed."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

T = TypeVar("T", bound=Hashable)


class Cause(NamedTuple):
    """The moment from which something is known, and the event that made it known."""

    known_from: datetime
    caused_by: UUID
    cause: str


class Stored(NamedTuple):
    """The number under which a span is kept, and since when it has been known."""

    number: int
    known_from: datetime


class KnownOutOfOrder(Exception):
    """A decision claims to have been known before the one that we hold: the person is set aside, the others go on."""


class Closed(NamedTuple, Generic[T]):
    """A span that was known from its cause until a moment."""

    span: T
    since: Cause
    known_to: datetime


@dataclass(slots=True)
class History(Generic[T]):
    """What is known now of one person, and what is to be written so that it stays known.

    `standing` is what the store holds as known now. `removed` were opened by the very moment that says otherwise;
    `closed` lie in the store; `opened` and `passed` (opened and closed since loading) do not yet.
    """

    standing: dict[T, Stored]
    removed: list[Stored] = field(default_factory=list)
    closed: list[tuple[Stored, datetime]] = field(default_factory=list)
    opened: dict[T, Cause] = field(default_factory=dict)
    passed: list[Closed[T]] = field(default_factory=list)

    @property
    def now(self) -> set[T]:
        return self.standing.keys() | self.opened.keys()

    def becomes(self, spans: Sequence[T], cause: Cause) -> None:
        """From the cause's moment on exactly these are known; the same moment again replaces what it said before."""
        now = self.now
        for span in now.difference(spans):
            self._end(span, cause.known_from)
        for span in spans:
            if span not in now:
                self.opened[span] = cause

    def _end(self, span: T, moment: datetime) -> None:
        if span in self.opened:
            since = self.opened.pop(span)
            if _before(since.known_from, moment):
                self.passed.append(Closed(span, since, moment))
        elif _before((stored := self.standing.pop(span)).known_from, moment):
            self.closed.append((stored, moment))
        else:
            self.removed.append(stored)


def _before(known_from: datetime, moment: datetime) -> bool:
    """Raises KnownOutOfOrder where it is the other way round."""
    if known_from > moment:
        raise KnownOutOfOrder("a decision came after a later one")
    return known_from < moment
