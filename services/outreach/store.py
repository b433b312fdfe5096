"""How are needs, entries and details read from the tables and written to them, many people at a time?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from pydantic_core import from_json, to_json

from services.outreach.domain.facets import Facets
from services.outreach.domain.needs import Need
from services.outreach.tables import points_fingerprint
from shared.domain.events import Event, PersonDetailsStated, PersonDetailsWithdrawn
from shared.plumbing.database import Connection, queries

ENVELOPE: Final = {*Event.model_fields, "type", "version", "said"}

Needed = tuple[str, Need]
"""Who needs it, and the need."""


def sql(name: str) -> str:
    return queries("services.outreach")[name]


async def load(connection: Connection, people: Sequence[str]) -> dict[str, Facets]:
    """What is held of these people; who was never heard of has nothing."""
    rows = await connection.fetch(sql("load_facets"), people)
    held: dict[str, Facets] = {person: from_json(said) for person, said in rows}
    return {person: held.get(person, Facets()) for person in people}


async def keep_facets(connection: Connection, facets: Mapping[str, Facets]) -> None:
    if facets:
        texts = [to_json(held).decode() for held in facets.values()]
        await connection.execute(sql("keep_facets"), list(facets), texts)


async def change_needs(connection: Connection, *, gone: Sequence[Needed], new: Sequence[Needed]) -> None:
    """On which days people need contact: some days no more, others from now on."""
    if gone:
        keys = [(person, need.campaign, need.from_on) for person, need in gone]
        await connection.execute(sql("forget_needs"), *map(list, zip(*keys, strict=True)))
    if new:
        rows = [(person, *need) for person, need in new]
        await connection.copy_records_to_table("need", columns=("young_person_id", *Need._fields), records=rows)


async def come_to(connection: Connection, day: date) -> list[str]:
    """The partition in hand has come to a day; answers who is still in the queue as before it."""
    due: list[str] = await connection.fetchval(sql("move_to_day"), day, points_fingerprint())
    return due


async def today(connection: Connection) -> date | None:
    """The business date of the partition in hand, whose entries are now ours; None before its first day."""
    await connection.execute(sql("hold_partition"))
    # Only what is asked after the wait sees what whoever was waited for has done.
    found: date | None = await connection.fetchval(sql("today"))
    return found


async def changing(connection: Connection, until: date) -> list[str]:
    """Whom the days from today's partition's own up to another bring into the queue, move in it or take out."""
    return [row["young_person_id"] for row in await connection.fetch(sql("changing_until"), until)]


async def keep_details(connection: Connection, said: Iterable[PersonDetailsStated]) -> None:
    """Of one row said twice the last counts."""
    last = {(event.young_person_id, event.said): event for event in said}
    if last:
        reachable = [bool(e.phone or e.parent_phone or e.email) for e in last.values()]
        texts = [e.model_dump_json(exclude=ENVELOPE, exclude_defaults=True) for e in last.values()]
        people, numbers, rows = zip(*((person, *said_) for person, said_ in last), strict=True)
        await connection.execute(sql("keep_details"), people, numbers, rows, reachable, texts)


async def forget_details(connection: Connection, withdrawn: Iterable[PersonDetailsWithdrawn]) -> None:
    gone = [(event.young_person_id, *said) for event in withdrawn for said in event.said]
    if gone:
        await connection.execute(sql("forget_details"), *map(list, zip(*gone, strict=True)))


async def differing(connection: Connection) -> list[dict[str, object]]:
    """Entries that are not what the needs of today give; `stored` or `recount` is null where there is none."""
    return [dict(row) for row in await connection.fetch(sql("entries_that_differ"))]
