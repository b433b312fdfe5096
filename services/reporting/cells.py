"""How do the rolling cells keep to what everyone counts as today?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from services.reporting.domain.counting import CellKey, Counted, cells_moved, counted_as
from services.reporting.domain.facets import Spans
from services.reporting.domain.people import Person
from services.reporting.domain.timelines import on_day
from services.reporting.store import ready, sql
from services.reporting.timelines import Kept, spans_by_number
from shared.plumbing.database import Connection

Numbers = tuple[int, int, int, int]
"""Of the timelines that are counted from: membership, outcome, participation, dimensions."""
UNHEARD_OF: Numbers = (0, 0, 0, 0)


class Look:
    """What timelines say of one day, each looked up once."""

    def __init__(self, spans: Mapping[int, Spans], day: date) -> None:
        self.values = {number: on_day(said, day) for number, said in spans.items()}

    def counted(self, campaign: int, numbers: Numbers) -> list[Counted]:
        return counted_as(campaign, *(self.values[number] for number in numbers))


async def begin(connection: Connection, day: date) -> date:
    """The day of a partition in which none has passed yet."""
    await connection.execute(sql("move_to_day"), day)
    return day


async def move_on(connection: Connection, day: date) -> None:
    """A day has begun in the partition in hand: whoever has a timeline that turns with it counts anew."""
    now = await ready(connection)
    await connection.execute(sql("move_to_day"), day)
    if now.today is None:
        return
    rows = await connection.fetch(sql("turning"), min(now.today, day), max(now.today, day))
    people = [(row[0], (row[1], row[2], row[3], row[4]), row[5]) for row in rows]
    spans = await spans_by_number(connection, now.kept, {number for _, numbers, _ in people for number in numbers})
    before, after = Look(spans, now.today), Look(spans, day)
    await _add(
        connection, cells_moved((before.counted(where, has), after.counted(where, has), n) for where, has, n in people)
    )


async def move(connection: Connection, kept: Kept, people: Iterable[Person], today: date) -> None:
    """What these people counted as goes out of the cells, what they count as today goes in."""
    changes = Counter(
        (campaign, one.held[campaign].counted if campaign in one.held else UNHEARD_OF, one.now[campaign].counted)
        for one in people
        for campaign in one.became
    )
    spans = await spans_by_number(connection, kept, {number for _, *both in changes for has in both for number in has})
    look = Look(spans, today)
    await _add(
        connection,
        cells_moved(
            (look.counted(where, had), look.counted(where, has), n) for (where, had, has), n in changes.items()
        ),
    )


async def _add(connection: Connection, moved: Mapping[CellKey, int]) -> None:
    if moved:
        rows = [(*key, n) for key, n in sorted(moved.items())]
        await connection.execute(sql("move_cells"), *map(list, zip(*rows, strict=True)))


async def differing(connection: Connection) -> list[dict[str, object]]:
    """Cells that are not what a recount of everyone gives, each with `stored` and `recount`."""
    return [dict(row) for row in await connection.fetch(sql("cells_that_differ"))]
