"""Who is a row of from now on, what is then said of whom, and what is said again because a directory changed?"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from services.ingest import kept_rows
from services.ingest.acts import sql
from services.ingest.desk import Desk
from services.ingest.domain.evidence import Directories, Sending
from services.ingest.domain.matching import Match
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import PersonRow
from services.ingest.domain.saying import Saying, named_provider, saying
from shared.domain.events import (
    EvidenceWithdrawn,
    PersonDetailsWithdrawn,
    Said,
    Withdrawn,
)
from shared.domain.vocabulary import ProviderKind
from shared.domain.written import Sayable
from shared.plumbing.database import Connection

NAMESPACE = UUID("5f0f4b6e-6a43-5a0b-9d0a-6b1f6f1d2a10")


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it is kept, with its submission and what is said of it now."""

    said: Said
    feed: str
    content: str
    sending: Sending
    young_person_id: str | None
    pieces: tuple[str, ...]
    digest: bytes | None
    provider: str | None

    def row(self) -> PersonRow:
        return kept_rows.read(self.feed, self.said[1], self.content)


@dataclass(frozen=True, slots=True)
class Change:
    """What is said of a row now, beside what was."""

    before: Kept
    match: Match
    saying: Saying
    provider: str | None

    @property
    def is_news(self) -> bool:
        return self.saying.digest != self.before.digest


async def kept(connection: Connection, saids: Iterable[Said], desk: Desk) -> list[Kept]:
    providers = await desk.known_providers(connection)
    return [_kept(record, providers) for record in await connection.fetch(sql("rows_by_said"), *_columns(saids))]


async def move(
    connection: Connection, number: int, moves: Mapping[Said, Match | None], desk: Desk, *, gone: int = 0
) -> list[Sayable]:
    """These rows are from this act on of whom they are matched to, or wait; returns what is to be said of it.

    `gone` is the number of a submission whose rows stand no longer.
    """
    if not moves:
        return []
    rows = await kept(connection, moves, desk)
    changes = await _changes(connection, [(row, match) for row in rows if (match := moves[row.said])], desk)
    said = {change.before.said: change for change in changes}
    await connection.execute(sql("close_matches"), *_columns(moves), number)
    records = [_moved(said[row.said]) if row.said in said else _waits(row) for row in rows]
    await connection.execute(sql("set_matches"), *map(list, zip(*records, strict=True)), number, gone)
    left = [row for row in rows if row.young_person_id and row.young_person_id != _who(moves[row.said])]
    return [
        *taken_back(left, number),
        *(piece for change in changes if change.is_news for piece in change.saying.pieces),
        *(change.saying.details for change in changes if change.before.young_person_id != _who(change.match)),
    ]


async def say_again(connection: Connection, saids: Iterable[Said], desk: Desk) -> list[Sayable]:
    """What these rows say by the directories in force, where it is not what was said before."""
    rows = await kept(connection, saids, desk)
    stay = [(row, Match(row.young_person_id)) for row in rows if row.young_person_id]
    news = [change for change in await _changes(connection, stay, desk) if change.is_news]
    if news:
        records = [(*c.before.said, " ".join(c.saying.kinds), c.saying.digest, c.provider) for c in news]
        await connection.execute(sql("set_digests"), *map(list, zip(*records, strict=True)))
    return [piece for change in news for piece in change.saying.pieces]


async def _changes(connection: Connection, rows: Sequence[tuple[Kept, Match]], desk: Desk) -> list[Change]:
    read = await asyncio.to_thread(lambda: [(before, match, before.row()) for before, match in rows])
    directories = await desk.directories(connection, (row.identity.postcode for _, _, row in read))
    return await asyncio.to_thread(lambda: [_change(before, match, row, directories) for before, match, row in read])


def _change(before: Kept, match: Match, row: PersonRow, directories: Directories) -> Change:
    provider = directories.providers.resolve(*named_provider(row)) or None
    return Change(before, match, saying(row, match.young_person_id, before.sending, directories), provider)


def taken_back(rows: Sequence[Kept], number: int) -> list[Sayable]:
    """What these rows said no longer stands, person by person."""
    by_person: dict[str, list[Kept]] = defaultdict(list)
    for row in rows:
        if row.young_person_id:
            by_person[row.young_person_id].append(row)
    return [*(_withdrawn(who, of, number) for who, of in by_person.items()),
            *(_details_withdrawn(who, of, number) for who, of in by_person.items())]  # fmt: skip


def _withdrawn(who: str, rows: Sequence[Kept], number: int) -> EvidenceWithdrawn:
    pieces = tuple(Withdrawn(said=row.said, type=piece) for row in rows for piece in row.pieces)
    return EvidenceWithdrawn(
        event_id=uuid5(NAMESPACE, f"{number}/{who}/evidence"), source="ingest", young_person_id=who, pieces=pieces
    )


def _details_withdrawn(who: str, rows: Sequence[Kept], number: int) -> PersonDetailsWithdrawn:
    said = tuple(row.said for row in rows)
    return PersonDetailsWithdrawn(
        event_id=uuid5(NAMESPACE, f"{number}/{who}/details"), source="ingest", young_person_id=who, said=said
    )


def _moved(change: Change) -> tuple[object, ...]:
    who, said = change.match, change.saying
    matched = who.young_person_id, who.gives_uln, who.made
    return (*change.before.said, *matched, " ".join(said.kinds), said.digest, change.provider)


def _waits(row: Kept) -> tuple[object, ...]:
    return (*row.said, None, None, None, None, None, row.provider)


def _who(match: Match | None) -> str | None:
    return match.young_person_id if match else None


def _kept(record: Mapping[str, Any], providers: Providers) -> Kept:
    """The kind of its sender is that of the establishments in force."""
    known = providers.known(record["sender"])
    kind = known.kind if known else record["kind"] and ProviderKind(record["kind"])
    placed = record["submission_id"], record["number"], record["sent_on"], record["campaign"], record["sender"]
    pieces = tuple(record["pieces"] or ())
    now = record["young_person_id"], pieces, record["digest"], record["provider"]
    said = record["number"], record["row"]
    return Kept(said, record["feed"], record["content"], Sending(*placed, kind), *now)


def _columns(saids: Iterable[Said]) -> tuple[list[int], list[int]]:
    pairs = list(saids)
    return [number for number, _ in pairs], [line for _, line in pairs]
