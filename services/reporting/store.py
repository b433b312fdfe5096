"""How are facets, spans and cells read from the tables and written to them, many people at a time?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from pydantic_core import from_json, to_json

from services.reporting.domain.facets import CampaignHeld, Facets
from services.reporting.domain.history import Closed, History, Stored
from services.reporting.domain.people import Person
from services.reporting.domain.spans import Flat, Standing
from shared.domain.decisions import Reason
from shared.plumbing.database import Connection, queries

STILL: Final = datetime.max
"""What the database calls infinity: known until further notice."""
SINCE: Final = ("known_from", "known_to", "caused_by", "cause")


@dataclass(frozen=True, slots=True)
class Table:
    """Where spans of one kind lie, and by which statements they are taken out and closed."""

    name: str
    columns: tuple[str, ...]
    remove: str
    close: str


SPANS: Final = Table("span", ("young_person_id", *Flat._fields, *SINCE), "remove_spans", "close_spans")
STANDINGS: Final = Table(
    "standing", ("young_person_id", *Standing._fields, *SINCE), "remove_standings", "close_standings"
)

T = TypeVar("T", bound=Flat | Standing)


def sql(name: str) -> str:
    return queries("services.reporting")[name]


def written(facets: Facets) -> str:
    return to_json(facets).decode()


def read(text: str) -> Facets:
    """What `written` gave."""
    campaigns, dimensions = from_json(text)
    return Facets(tuple(CampaignHeld(*held) for held in campaigns), dimensions)


async def reason_ids(connection: Connection, reasons: Iterable[Reason]) -> Mapping[Reason, int]:
    """Each reason's number; one that was never met before is given one."""
    known = sorted(set(reasons), key=lambda reason: (reason.table, reason.version, reason.row, reason.facts))
    columns = [[getattr(reason, name) for reason in known] for name in ("table", "version", "row", "facts", "because")]
    await connection.execute(sql("add_reasons"), *columns)
    numbers = await connection.fetch(sql("reason_ids"), *columns)
    return {reason: row["id"] for reason, row in zip(known, numbers, strict=True)}


async def load(connection: Connection, people: Sequence[str]) -> dict[str, Person]:
    """These people as they are known now; who was never heard of has nothing."""
    found = {person: Person(Facets(), History({}), History({})) for person in people}
    for person, said in await connection.fetch(sql("load_facets"), people):
        found[person].facets = read(said)
    for person, *columns in await connection.fetch(sql("load_spans"), people):
        found[person].flats.standing[Flat(*columns[:-2])] = Stored(*columns[-2:])
    for person, *columns in await connection.fetch(sql("load_standings"), people):
        found[person].standings.standing[Standing(*columns[:-2])] = Stored(*columns[-2:])
    return found


async def save(connection: Connection, people: Mapping[str, Person]) -> None:
    """Writes what the decisions changed of these people."""
    texts = [written(person.facets) for person in people.values()]
    await connection.execute(sql("keep_facets"), list(people), texts)
    await _save(connection, SPANS, {young_person_id: person.flats for young_person_id, person in people.items()})
    await _save(
        connection, STANDINGS, {young_person_id: person.standings for young_person_id, person in people.items()}
    )


async def _save(connection: Connection, table: Table, histories: Mapping[str, History[T]]) -> None:
    removed = [stored.number for history in histories.values() for stored in history.removed]
    closed = [(stored.number, until) for history in histories.values() for stored, until in history.closed]
    if removed:
        await connection.execute(sql(table.remove), removed)
    if closed:
        await connection.execute(sql(table.close), *map(list, zip(*closed, strict=True)))
    rows = [row for person, history in histories.items() for row in _new(person, history)]
    if rows:
        await connection.copy_records_to_table(table.name, columns=table.columns, records=rows)


def _new(person: str, history: History[T]) -> list[tuple[object, ...]]:
    still = [Closed(span, since, STILL) for span, since in history.opened.items()]
    return [
        (person, *row.span, row.since.known_from, row.known_to, row.since.caused_by, row.since.cause)
        for row in (*history.passed, *still)
    ]
