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


async def drop(connection: Connection, people: Sequence[str], day: date) -> None:
    """Takes those of these people who need no contact on the day out of the queue, whose partition is ours."""
    if people:
        await connection.execute(sql("drop_entries"), people, day, NEEDED_NO_MORE)


async def put(connection: Connection, people: Sequence[str], day: date) -> None:
    """Puts those of these people who need contact on the day in the queue, or moves them in it."""
    if people:
        await _put(connection, await connection.fetch(sql("entries_wanted"), people, day), day)


async def come_to(connection: Connection, people: Sequence[str], day: date) -> None:
    """These people stand, or no longer do, as on the day, to which their partition has yet to come."""
    await store.today(connection)
    await drop(connection, people, day)
    await put(connection, people, day)


async def finish_day(connection: Connection, day: date) -> None:
    """Their partition has come to the day; whoever was weighed meanwhile as on the day before is weighed again."""
    await store.today(connection)
    due = await store.come_to(connection, day)
    await drop(connection, due, day)
    await put(connection, due, day)


async def reach(connection: Connection, people: Sequence[str]) -> None:
    """The details of these people, of the partition in hand, are not what they were."""
    day = await store.today(connection)
    otherwise = await connection.fetch(sql("entries_reached_otherwise"), people)
    await _weigh_again(connection, [row["young_person_id"] for row in otherwise], day)


async def tried(connection: Connection, young_person_id: str) -> None:
    """Somebody has tried to reach them."""
    await weigh_again(connection, partition_of(young_person_id), [young_person_id])


async def weigh_again(connection: Connection, partition: int, people: Sequence[str]) -> None:
    """What was tried with these people of a partition, or the points for it, may be otherwise; their needs are not."""
    await connection.execute(sql("work_in_partition"), partition)
    await _weigh_again(connection, people, await store.today(connection))


async def _weigh_again(connection: Connection, people: Sequence[str], day: date | None) -> None:
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
