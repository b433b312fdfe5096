"""How is what is known of people read from the tables and written to them, many at a time?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Final

from services.reporting.domain.people import Known, Person
from services.reporting.timelines import Kept, kept_in
from shared.plumbing.database import Connection, queries

NOW: Final = (
    *("young_person_id", "campaign", "membership", "outcome", "participation", "need", "dimensions"),
    *("known_from", "caused_by", "cause"),
)

Row = tuple[Any, ...]
"""Of what is known of one person in one campaign, as `NOW` has it."""


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
    for person, campaign, *known in await connection.fetch(sql("load_known"), people):
        found[person][campaign] = Known(*known)
    return {person: Person(found.get(person, {})) for person in people}


async def save(connection: Connection, people: Mapping[str, Person]) -> None:
    """Writes what became of these people: of most of them once, of some time after time."""
    first, *later = _turns(people)
    new = [row for row in first if row[1] not in people[row[0]].held]
    moved = [row for row in first if row[1] in people[row[0]].held]
    if new:
        await connection.copy_records_to_table("known", columns=NOW, records=new)
    for rows in (moved, *later):
        if rows:
            await connection.execute(sql("keep_known"), *map(list, zip(*rows, strict=True)))


def _turns(people: Mapping[str, Person]) -> Iterator[list[Row]]:
    """Rows of what is known, no two of them of the same person and campaign; a list more than there are."""
    became = [
        (young_person_id, campaign, versions)
        for young_person_id, person in people.items()
        for campaign, versions in person.became.items()
    ]
    for turn in count():
        became = [one for one in became if len(one[2]) > turn]
        yield [(person, campaign, *_columns(versions[turn])) for person, campaign, versions in became]
        if not became:
            return


def _columns(known: Known) -> tuple[Any, ...]:
    """Only of what a decision has made known: of what the store holds the cause is not loaded."""
    assert known.cause is not None
    return *known.numbers, *known.cause
