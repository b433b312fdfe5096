"""How does an entry of the queue come about, and how does it follow what it is made of?"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from pydantic_core import to_json

from services.outreach import store
from services.outreach.domain.priority import Situation, changes_on, standing
from services.outreach.store import sql
from services.outreach.tables import points
from shared.domain.topics import partition_of
from shared.plumbing.database import Connection

Row = Mapping[str, Any]

NEEDED_NO_MORE: Final = "They no longer need to be contacted: what we know of them has changed."
DISTINCT_SITUATIONS: Final = 10_000


async def refresh(connection: Connection, people: Sequence[str], day: date) -> None:
    """Takes these people out of the queue, puts them in or moves them, as their needs on the day are."""
    if people:
        await connection.execute(sql("hold_partition"))
        await connection.execute(sql("drop_entries"), people, day, NEEDED_NO_MORE)
        await _put(connection, await connection.fetch(sql("entries_wanted"), people, day), day)


async def finish_day(connection: Connection, day: date) -> None:
    """The partition in hand has come to the day; whoever was weighed meanwhile as on the day before is so again."""
    await connection.execute(sql("hold_partition"))
    due = await connection.fetch(sql("due_entries"), day)
    await refresh(connection, [row["young_person_id"] for row in due], day)
    await store.come_to(connection, day)


async def reach(connection: Connection, people: Sequence[str]) -> None:
    """The details of these people, of the partition in hand, are not what they were."""
    await connection.execute(sql("hold_partition"))
    otherwise = await connection.fetch(sql("entries_reached_otherwise"), people)
    await weigh_again(connection, [row["young_person_id"] for row in otherwise])


async def tried(connection: Connection, young_person_id: str) -> None:
    """Somebody has tried to reach them."""
    await connection.execute(sql("work_in_partition"), partition_of(young_person_id))
    await weigh_again(connection, [young_person_id])


async def weigh_again(connection: Connection, people: Sequence[str]) -> None:
    """What was tried with these people, or the points for it, may be otherwise; their needs are not."""
    day = await store.today(connection)
    if people and day:
        await _put(connection, await connection.fetch(sql("entries_standing"), people), day)


async def _put(connection: Connection, rows: Sequence[Row], day: date) -> None:
    if rows:
        people = [row["young_person_id"] for row in rows]
        found = {row["young_person_id"]: dict(row) for row in await connection.fetch(sql("tried"), people)}
        entries = [_weighed({**row, **found[row["young_person_id"]]}, day) for row in rows]
        await connection.execute(sql("put_entries"), to_json(entries).decode())


def _weighed(row: Row, day: date) -> dict[str, Any]:
    number, flips_on = _weight(situation(row), day)
    return {**row, "points": number, "changes_on": min(row["until"], flips_on)}


@lru_cache(DISTINCT_SITUATIONS)
def _weight(of: Situation, day: date) -> tuple[int, date]:
    return standing(points(), of, day), changes_on(points(), of, day) or date.max


def situation(row: Row) -> Situation:
    """What points may look at, of an entry or a need with what was tried."""
    return Situation(
        campaign=row["campaign"],
        row_code=row["row_code"],
        characteristics=tuple(row["characteristics"]),
        provision=row["provision"],
        roni_band=row["roni_band"],
        attempts=row["attempts"],
        last_attempt_on=row["last_attempt_on"],
        next_contact_on=row["next_contact_on"],
        reachable=row["reachable"],
    )
