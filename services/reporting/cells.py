"""How do the rolling cells keep to what everyone counts as today?"""

from collections.abc import Sequence
from datetime import date

from services.reporting.store import sql
from shared.plumbing.database import Connection


async def begin(connection: Connection, day: date) -> None:
    """The day of a partition in which none has passed yet."""
    if await connection.fetchval(sql("today")) is None:
        await connection.execute(sql("move_to_day"), day)


async def move_on(connection: Connection, day: date) -> None:
    """A day has begun in the partition in hand: whoever's spans begin or end with it counts anew."""
    before = await connection.fetchval(sql("today"))
    await connection.execute(sql("move_to_day"), day)
    if before is not None:
        changing = await connection.fetch(sql("changing_between"), min(before, day), max(before, day))
        await move(connection, [row["young_person_id"] for row in changing])


async def move(connection: Connection, people: Sequence[str]) -> None:
    """What these people counted as goes out of the cells, what they count as today goes in."""
    if people:
        await connection.execute(sql("move_cells"), people)


async def differing(connection: Connection) -> list[dict[str, object]]:
    """Cells that are not what a recount of the spans gives, each with `stored` and `recount`."""
    return [dict(row) for row in await connection.fetch(sql("cells_that_differ"))]
