"""What follows from an accepted file of people: whom its rows are of, who is found at last, and what is said?"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from services.ingest import kept_rows, registers, waiting_rows
from services.ingest.arrival import Arrival
from services.ingest.desk import Desk
from services.ingest.domain.contents import START_TOLERANCE, Parsed
from services.ingest.domain.copies import contradicting_of_people
from services.ingest.domain.evidence import Directories, Sending
from services.ingest.domain.matching import Match, MatchRow, Register, match, rematch
from services.ingest.domain.problems import Problem, problem
from services.ingest.domain.rows import PersonRow
from services.ingest.domain.saying import Saying, saying
from services.ingest.domain.tables import Tables
from services.ingest.domain.verdict import Counts
from services.ingest.kept_rows import Written
from services.ingest.moves import move
from services.ingest.registers import Births
from shared.domain.events import Said
from shared.domain.vocabulary import Feed
from shared.domain.written import Sayable
from shared.plumbing.database import Connection

Outcome = tuple[Counts, list[Sayable]]


class NothingUsable(Exception):
    """Now that it is known whom the rows are of, each is rejected: nothing is kept, and `read` says why of each."""

    def __init__(self, read: Parsed) -> None:
        super().__init__()
        self.read = read


@dataclass(frozen=True, slots=True)
class Found:
    """Whom the rows of a file are of, and which of the rows of other files that may be found by it are found."""

    register: Register
    births: Births
    rows: Sequence[tuple[MatchRow, PersonRow]]
    matches: dict[Said, Match]
    late: dict[Said, Match | None]
    waiting: dict[Said, MatchRow]

    @property
    def people(self) -> set[str]:
        """Whom the file's own rows are of."""
        return {one.young_person_id for one in self.matches.values()}

    @property
    def matched(self) -> Iterable[tuple[MatchRow, Match]]:
        own = ((row, self.matches[row.said]) for row, _ in self.rows if row.said in self.matches)
        return [*own, *((self.waiting[said], found) for said, found in self.late.items() if found)]


async def accept(connection: Connection, desk: Desk, arrival: Arrival) -> Outcome:
    """Matches and keeps every row; returns the counts and what is to be said. Raises NothingUsable."""
    rows = cast("Sequence[PersonRow]", arrival.parsed.rows)
    found, written = await asyncio.gather(_found(connection, arrival, rows), asyncio.to_thread(_written, arrival, rows))
    contradictory = _contradictory(found, arrival, desk.tables)
    if contradictory:
        if len(contradictory) == len(rows):
            raise NothingUsable(_rejected(arrival.parsed, _same_key(contradictory, desk.tables)))
        found = await _found(connection, arrival, [row for row in rows if row.number not in contradictory])
        written = [row for row in written if row.match_row.said[1] not in contradictory]
    before = await kept_rows.last_said(connection, arrival.sending, arrival.feed, found.people)
    unchanged = sum(_is_unchanged(row, found.matches, before) for row in written)
    events = await _keep(connection, desk, arrival.sending, found, written)
    return _counts(found, arrival.parsed, unchanged, _same_key(contradictory, desk.tables)), events


async def _found(connection: Connection, arrival: Arrival, rows: Sequence[PersonRow]) -> Found:
    own = [(kept_rows.match_row(arrival.sending.number, row), row) for row in rows]
    register, seen = Register(), [row for row, _ in own]
    births = await registers.births(connection, seen)
    await registers.fill(connection, register, seen)
    tried = {row.said: match(register, row, births.new_person) for row in seen}
    if arrival.feed is Feed.COHORT:
        return await _found_late(connection, Found(register, births, own, _matched(tried), {}, {}))
    waiting = await waiting_rows.with_keys(connection, register.gained)
    return Found(register, births, own, _matched(tried), {}, waiting)


async def _found_late(connection: Connection, found: Found) -> Found:
    """After a cohort file everyone who waits is tried again, once each; nobody is known by a key of those left out."""
    waiting = await waiting_rows.to_try(connection, found.register.gained)
    await registers.expect(connection, found.births, waiting.values())
    await registers.fill(connection, found.register, waiting.values())
    left = waiting | {row.said: row for row, _ in found.rows if row.said not in found.matches}
    late = rematch(found.register, left, found.births.new_person)
    matches = found.matches | {said: one for said, one in _matched(late).items() if said not in waiting}
    return replace(found, matches=matches, late={said: late[said] for said in late if said in waiting}, waiting=waiting)


def _matched(tried: Mapping[Said, Match | None]) -> dict[Said, Match]:
    return {said: one for said, one in tried.items() if one is not None}


async def _keep(
    connection: Connection, desk: Desk, sending: Sending, found: Found, written: Sequence[Written]
) -> list[Sayable]:
    directories = await desk.directories(connection, (row.identity.postcode for _, row in found.rows))
    said, _ = await asyncio.gather(
        asyncio.to_thread(_sayings, found, sending, directories), _keep_people(connection, sending, found)
    )
    near = {row.said for row, _ in found.rows if row.said not in found.matches and found.register.is_near(row)}
    await kept_rows.keep(connection, written, found.matches, said, near=near)
    moved = await move(connection, sending.number, found.late, desk)
    pieces: list[Sayable] = [piece for one in said.values() for piece in one.pieces]
    return [*pieces, *(one.details for one in said.values()), *moved]


async def _keep_people(connection: Connection, sending: Sending, found: Found) -> None:
    await registers.enter_new(connection, found.births, sending.number)
    await registers.keep_known(connection, found.register, found.matched)
    await waiting_rows.mark(connection, found.register, found.waiting)


def _written(arrival: Arrival, rows: Sequence[PersonRow]) -> list[Written]:
    number, providers = arrival.sending.number, arrival.providers
    return [kept_rows.written(row, kept_rows.match_row(number, row), providers) for row in rows]


def _sayings(found: Found, sending: Sending, directories: Directories) -> dict[Said, Saying]:
    return {
        match_row.said: saying(row, found.matches[match_row.said].young_person_id, sending, directories)
        for match_row, row in found.rows
        if match_row.said in found.matches
    }


def _is_unchanged(row: Written, matches: dict[Said, Match], before: set[tuple[str, int]]) -> bool:
    one = matches.get(row.match_row.said)
    return one is not None and (one.young_person_id, row.columns_hash) in before


def _counts(found: Found, parsed: Parsed, unchanged: int, more: Sequence[Problem]) -> Counts:
    matched, unmatched = len(found.matches), len(found.rows) - len(found.matches)
    rejected = len(parsed.rows) - len(found.rows) + len(parsed.rejected)
    copies = len(parsed.copies)
    problems = _with(parsed.problems, more)
    return Counts(parsed.counted, matched - unchanged, unchanged + copies, unmatched, rejected, problems)


def _rejected(parsed: Parsed, because: Sequence[Problem]) -> Parsed:
    numbers = sorted((*(row.number for row in parsed.rows), *parsed.copies, *parsed.rejected))
    return replace(parsed, rows=(), copies=(), rejected=tuple(numbers), problems=_with(parsed.problems, because))


def _with(problems: Sequence[Problem], more: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted((*problems, *more), key=lambda one: one.row or 0))


def _contradictory(found: Found, arrival: Arrival, tables: Tables) -> set[int]:
    """Rows that turn out to be of one person and say different things of the same; in a cohort file the UPN tells."""
    if arrival.feed is Feed.COHORT:
        return set()
    whose = [(found.matches[row.said].young_person_id, sent) for row, sent in found.rows if row.said in found.matches]
    often = {who for who, many in Counter(who for who, _ in whose).items() if many > 1}
    whose = [(who, sent) for who, sent in whose if who in often]
    resolve = arrival.providers.resolve
    return set(contradicting_of_people(whose, arrival.feed, tables, provider_of=resolve, tolerance=START_TOLERANCE))


def _same_key(numbers: set[int], tables: Tables) -> list[Problem]:
    return [problem(tables.checks["same-key"], number, None) for number in sorted(numbers)]
