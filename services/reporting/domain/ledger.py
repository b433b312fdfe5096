"""Who joined and left a cohort since its freeze, and when was that learnt? Frozen and ledger are always live."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final, NamedTuple

from services.reporting.domain.spans import Standing

EXCEPTING: Final = "CohortExcepted"
"""The event by which a named person changes the frozen cohort."""

NOWHERE: Final = Standing(0, date.min, date.max, frozen=False, live=False, gone=None)


class Entry(NamedTuple):
    """One change of live less frozen; `reason` is a key of the ledger's reasons or a leaving status."""

    on: date
    change: int
    reason: str
    exception: bool


@dataclass(frozen=True, slots=True)
class KnownStanding:
    """A span of somebody's standing and the time over which it was known; `known_to` is null while it is."""

    standing: Standing
    known_from: datetime
    known_to: datetime | None
    cause: str

    def known(self, moment: datetime) -> bool:
        return self.known_from <= moment and (self.known_to is None or moment < self.known_to)


class Version(NamedTuple):
    """In which cohorts somebody was from a moment on, until the next version, and the type of event that said so."""

    standings: Sequence[Standing]
    known_from: datetime
    cause: str


def known(versions: Iterable[Version]) -> list[KnownStanding]:
    """Each span with the time over which it was known without a break; versions are in order."""
    found: list[KnownStanding] = []
    since: dict[Standing, tuple[datetime, str]] = {}
    for standings, known_from, cause in versions:
        ended = [standing for standing in since if standing not in standings]
        found += (KnownStanding(standing, since[standing][0], known_from, since[standing][1]) for standing in ended)
        since = {standing: since.get(standing, (known_from, cause)) for standing in standings}
    return found + [KnownStanding(standing, moment, None, cause) for standing, (moment, cause) in since.items()]


def entries(history: Sequence[KnownStanding], since: date, today: date) -> list[tuple[Entry, datetime]]:
    """One person's entries as known now, each with the moment from which it has been known without a break."""
    excepted = any(known.cause == EXCEPTING for known in history)
    moments = sorted({known.known_from for known in history} | {k.known_to for k in history if k.known_to})
    learnt: dict[Entry, datetime] = {}
    for moment in moments:
        spans = [known.standing for known in history if known.known(moment)]
        learnt = {entry: learnt.get(entry, moment) for entry in _entries(spans, since, today, excepted)}
    return sorted(learnt.items())


def _entries(spans: Sequence[Standing], since: date, today: date, excepted: bool) -> Iterator[Entry]:
    days = sorted({day for span in spans for day in (span.from_on, span.to_on) if since < day <= today})
    course = [_on(spans, day) for day in (since, *days)]
    yield from _at_freeze(course[0], since, excepted)
    for (before, after), day in zip(pairwise(course), days, strict=True):
        if before.live != after.live:
            been = any(span.live and span.to_on < day for span in spans)
            yield Entry(day, after.live - before.live, _why(after, been), exception=False)
        if before.frozen != after.frozen:
            yield Entry(day, before.frozen - after.frozen, after.gone or "frozen_ended", exception=True)


def _at_freeze(first: Standing, since: date, excepted: bool) -> Iterator[Entry]:
    """What the frozen cohort and what is known of that day now differ by."""
    if first.live and not first.frozen:
        yield Entry(since, 1, "excepted_out" if excepted else "learnt_in", excepted)
    elif first.frozen and not first.live:
        yield Entry(since, -1, "excepted_in" if excepted else first.gone or "learnt_out", excepted)


def _why(after: Standing, been: bool) -> str:
    if after.live:
        return "came_back" if been else "joined"
    return after.gone or "left"


def _on(spans: Sequence[Standing], day: date) -> Standing:
    return next((span for span in spans if span.from_on <= day < span.to_on), NOWHERE)
