"""How are needs, entries and details read from the tables and written to them, many people at a time?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from services.outreach.domain.facets import Facets
from services.outreach.domain.needs import Need
from shared.domain.events import Event, PersonDetailsStated, PersonDetailsWithdrawn
from shared.plumbing.database import Connection, queries

ENVELOPE: Final = {*Event.model_fields, "type", "version", "said"}
NEEDED_NO_MORE: Final = "They no longer need to be contacted: what we know of them has changed."


def sql(name: str) -> str:
    return queries("services.outreach")[name]


async def load(connection: Connection, people: Sequence[str]) -> dict[str, Facets]:
    """What is held of these people; who was never heard of has nothing."""
    rows = await connection.fetch(sql("load_facets"), people)
    held = {row["young_person_id"]: Facets.model_validate_json(row["said"]) for row in rows}
    return {person: held.get(person, Facets()) for person in people}


async def save(connection: Connection, facets: Mapping[str, Facets], needs: Mapping[str, Sequence[Need]]) -> None:
    """Keeps the facets of these people and the days on which they need contact, in place of what was held."""
    people = list(facets)
    texts = [held.model_dump_json(exclude_defaults=True) for held in facets.values()]
    await connection.execute(sql("keep_facets"), people, texts)
    await connection.execute(sql("forget_needs"), people)
    rows = [(person, *need) for person in people for need in needs[person]]
    if rows:
        await connection.copy_records_to_table("need", columns=("young_person_id", *Need._fields), records=rows)


async def come_to(connection: Connection, day: date) -> date | None:
    """The partition in hand has come to a day; answers the day before, None where this is the first."""
    before: date | None = await connection.fetchval(sql("today"))
    await connection.execute(sql("move_to_day"), day)
    return before


async def today(connection: Connection) -> date | None:
    """The business date of the partition in hand; None before its first day."""
    found: date | None = await connection.fetchval(sql("today"))
    return found


async def changing(connection: Connection, after: date, until: date) -> list[str]:
    rows = await connection.fetch(sql("changing_between"), after, until)
    return [row["young_person_id"] for row in rows]


async def refresh(connection: Connection, people: Sequence[str], day: date) -> None:
    """Takes these people out of the queue, puts them in or moves them, as their needs on the day are."""
    if people:
        await connection.execute(sql("hold_entries"), people)
        gone = await connection.fetch(sql("drop_entries"), people, day)
        if gone:
            await connection.execute(sql("end_leases"), [row["young_person_id"] for row in gone], NEEDED_NO_MORE)
        await connection.execute(sql("put_entries"), people, day)


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
