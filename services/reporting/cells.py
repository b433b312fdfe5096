"""How do the rolling cells keep to what everyone counts as today?"""

from collections.abc import Iterable, Mapping
from datetime import date

from services.reporting.domain.counting import Counted, cells_moved, counted_as
from services.reporting.domain.facets import Spans
from services.reporting.domain.people import Known, Person
from services.reporting.domain.timelines import on_day
from services.reporting.store import sql
from services.reporting.timelines import Kept, spans_by_number
from shared.plumbing.database import Connection


async def begin(connection: Connection, day: date) -> date:
    """The day of a partition in which none has passed yet."""
    await connection.execute(sql("move_to_day"), day)
    return day


async def move_on(connection: Connection, day: date) -> None:
    """A day has begun in the partition in hand: whoever has a timeline that turns with it counts anew."""
    before = await connection.fetchval(sql("today"))
    await connection.execute(sql("move_to_day"), day)
    if before is not None:
        await _turn(connection, before, day)


async def _turn(connection: Connection, before: date, day: date) -> None:
    turning = [row["timeline"] for row in await connection.fetch(sql("turning"), min(before, day), max(before, day))]
    if turning:
        await connection.execute(sql("turn_cells"), turning, before, day)


async def move(connection: Connection, kept: Kept, people: Iterable[Person], today: date) -> None:
    """What these people counted as goes out of the cells, what they count as today goes in."""
    changes = [(campaign, one.held.get(campaign), one.now[campaign]) for one in people for campaign in one.changed]
    used = {number for _, *both in changes for known in both if known for number in known.counted}
    look = Look(await spans_by_number(connection, kept, used), today)
    moved = cells_moved((look.counted(campaign, old), look.counted(campaign, new)) for campaign, old, new in changes)
    if moved:
        rows = [(*key, n) for key, n in sorted(moved.items())]
        await connection.execute(sql("move_cells"), *map(list, zip(*rows, strict=True)))


class Look:
    """What timelines say of one day, each looked up once."""

    def __init__(self, spans: Mapping[int, Spans], today: date) -> None:
        self.values = {number: on_day(said, today) for number, said in spans.items()}

    def counted(self, campaign: int, known: Known | None) -> list[Counted]:
        if known is None:
            return []
        return counted_as(campaign, *(self.values[number] for number in known.counted))


async def differing(connection: Connection) -> list[dict[str, object]]:
    """Cells that are not what a recount of everyone gives, each with `stored` and `recount`."""
    return [dict(row) for row in await connection.fetch(sql("cells_that_differ"))]
