"""Who is a row of from now on, what is then said of whom, and what is said again because a directory changed?"""

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
from services.ingest.domain.rows import PersonRow
from services.ingest.domain.saying import Saying, named_provider, saying
from shared.domain.events import (
    Event,
    EvidenceWithdrawn,
    PersonDetailsWithdrawn,
    Said,
    Withdrawn,
)
from shared.domain.vocabulary import ProviderKind
from shared.plumbing.database import Connection

NAMESPACE = UUID("5f0f4b6e-6a43-5a0b-9d0a-6b1f6f1d2a10")


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it stands, with its submission and what is said of it now."""

    row: PersonRow
    sending: Sending
    young_person_id: str | None
    pieces: tuple[str, ...]
    digest: bytes | None

    @property
    def said(self) -> Said:
        return self.sending.number, self.row.number


async def kept(connection: Connection, saids: Iterable[Said], desk: Desk) -> list[Kept]:
    numbers, lines = _columns(saids)
    providers = await desk.known_providers(connection)
    found = []
    for record in await connection.fetch(sql("rows_by_said"), numbers, lines):
        known = providers.known(record["sender"])
        kind = known.kind if known else record["kind"] and ProviderKind(record["kind"])
        row = kept_rows.read(record["feed"], record["row"], record["content"])
        pieces = tuple(record["pieces"] or ())
        found.append(Kept(row, _sending(record, kind), record["young_person_id"], pieces, record["digest"]))
    return found


async def move(connection: Connection, number: int, moves: Mapping[Said, Match | None], desk: Desk) -> list[Event]:
    """These rows are from this act on of whom they are matched to, or wait; returns what is to be said of it."""
    if not moves:
        return []
    rows = await kept(connection, moves, desk)
    directories = await desk.directories(connection, (row.row.identity.postcode for row in rows))
    said = _sayings(rows, moves, directories)
    await connection.execute(sql("close_matches"), *_columns(row.said for row in rows), number)
    records = [_moved(row, moves[row.said], said.get(row.said), directories) for row in rows]
    await connection.execute(sql("set_matches"), *map(list, zip(*records, strict=True)), number)
    left = [row for row in rows if row.young_person_id and row.young_person_id != _who(moves[row.said])]
    changed = [(row, said[row.said]) for row in rows if row.said in said]
    return [
        *taken_back(left, number),
        *(piece for row, one in changed if one.digest != row.digest for piece in one.pieces),
        *(one.details for row, one in changed if row.young_person_id != one.details.young_person_id),
    ]


async def say_again(connection: Connection, saids: Iterable[Said], desk: Desk) -> list[Event]:
    """What these rows say by the directories in force, where it is not what was said before."""
    rows = await kept(connection, saids, desk)
    directories = await desk.directories(connection, (row.row.identity.postcode for row in rows))
    said = [
        (row, saying(row.row, row.young_person_id, row.sending, directories)) for row in rows if row.young_person_id
    ]
    changed = [(row, one) for row, one in said if one.digest != row.digest]
    if changed:
        records = [(*row.said, " ".join(one.kinds), one.digest, _provider(row, directories)) for row, one in changed]
        await connection.execute(sql("set_digests"), *map(list, zip(*records, strict=True)))
    return [piece for _, one in changed for piece in one.pieces]


def taken_back(rows: Sequence[Kept], number: int) -> list[Event]:
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


def _sayings(rows: Iterable[Kept], moves: Mapping[Said, Match | None], directories: Directories) -> dict[Said, Saying]:
    return {
        row.said: saying(row.row, match.young_person_id, row.sending, directories)
        for row in rows
        if (match := moves[row.said]) is not None
    }


def _moved(row: Kept, match: Match | None, said: Saying | None, directories: Directories) -> tuple[object, ...]:
    provider = _provider(row, directories)
    if match is None or said is None:
        return (*row.said, None, None, None, None, None, provider)
    kinds = " ".join(said.kinds)
    return (*row.said, match.young_person_id, match.gives_uln, match.made, kinds, said.digest, provider)


def _provider(row: Kept, directories: Directories) -> str | None:
    return directories.providers.resolve(*named_provider(row.row)) or None


def _who(match: Match | None) -> str | None:
    return match.young_person_id if match else None


def _sending(record: Mapping[str, Any], kind: ProviderKind | None) -> Sending:
    return Sending(
        record["submission_id"],
        record["number"],
        record["sent_on"],
        record["campaign"],
        record["sender"],
        kind,
    )


def _columns(saids: Iterable[Said]) -> tuple[list[int], list[int]]:
    pairs = list(saids)
    return [number for number, _ in pairs], [line for _, line in pairs]
