"""How is what is known of people read from the tables and written to them, many at a time?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.reporting.domain.people import Cause, Known, Person
from services.reporting.timelines import Kept, kept_in
from shared.plumbing.database import Connection, queries

NOW: Final = (
    *("young_person_id", "campaign", "membership", "outcome", "participation", "need", "dimensions"),
    *("known_from", "caused_by", "cause"),
)
BEFORE: Final = (*NOW, "known_to")


@dataclass(frozen=True, slots=True)
class Ready:
    """Whose numbers count in this transaction, and the business date of the partition in hand."""

    kept: Kept
    today: date | None


def sql(name: str) -> str:
    return queries("services.reporting")[name]


async def ready(connection: Connection) -> Ready:
    row = await connection.fetchrow(sql("ready"))
    return Ready(kept_in(row["database"], row["schema"]), row["today"])


async def load(connection: Connection, people: Sequence[str]) -> dict[str, Person]:
    """These people as they are known now; who was never heard of has nothing."""
    found: dict[str, dict[int, Known]] = defaultdict(dict)
    for person, campaign, *numbers, known_from, caused_by, cause in await connection.fetch(sql("load_known"), people):
        found[person][campaign] = Known._make((*numbers, Cause(known_from, caused_by, cause)))
    return {person: Person(found.get(person, {})) for person in people}


async def save(connection: Connection, people: Mapping[str, Person]) -> None:
    """Writes what the decisions changed of these people."""
    new = list(_rows(people, held=False))
    moved = list(_rows(people, held=True))
    before = list(_rows_before(people))
    if before:
        await connection.copy_records_to_table("known_before", columns=BEFORE, records=before)
    if new:
        await connection.copy_records_to_table("known", columns=NOW, records=new)
    if moved:
        await connection.execute(sql("keep_known"), *map(list, zip(*moved, strict=True)))


def _rows(people: Mapping[str, Person], *, held: bool) -> Iterator[tuple[Any, ...]]:
    """What changed of the campaigns of which the store holds something, or of the others."""
    for young_person_id, person in people.items():
        for campaign in person.changed:
            if (campaign in person.held) == held:
                yield young_person_id, campaign, *_columns(person.now[campaign])


def _rows_before(people: Mapping[str, Person]) -> Iterator[tuple[Any, ...]]:
    for young_person_id, person in people.items():
        for campaign, known, known_to in person.before:
            yield young_person_id, campaign, *_columns(known), known_to


def _columns(known: Known) -> tuple[Any, ...]:
    return *known.numbers, *known.since
