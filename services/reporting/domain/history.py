"""Which spans are closed and which opened when a person is decided anew? Only those that changed."""

from collections.abc import Hashable, Iterable
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


class KnownOutOfOrder(Exception):
    """A decision claims to have been known before the one that we hold: the person is set aside, the others go on."""


@dataclass(frozen=True, slots=True)
class Closed(Generic[T]):
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

    standing: dict[T, Cause]
    removed: dict[T, Cause] = field(default_factory=dict)
    closed: list[Closed[T]] = field(default_factory=list)
    opened: dict[T, Cause] = field(default_factory=dict)
    passed: list[Closed[T]] = field(default_factory=list)

    @property
    def now(self) -> set[T]:
        return self.standing.keys() | self.opened.keys()

    def becomes(self, spans: Iterable[T], cause: Cause) -> None:
        """From the cause's moment on exactly these are known; the same moment again replaces what it said before."""
        wanted = set(spans)
        for span in self.now - wanted:
            self._end(span, cause.known_from)
        for span in wanted - self.now:
            self.opened[span] = cause

    def _end(self, span: T, moment: datetime) -> None:
        stored = span in self.standing
        since = self.standing.pop(span) if stored else self.opened.pop(span)
        if since.known_from > moment:
            raise KnownOutOfOrder("a decision came after a later one")
        if since.known_from < moment:
            (self.closed if stored else self.passed).append(Closed(span, since, moment))
        elif stored:
            self.removed[span] = since
