"""What do we do with what we hear? What is known follows decisions, and the cells of today follow both."""

from collections.abc import Sequence
from datetime import date

from services.reporting import cells, store, wording
from services.reporting.domain.heard import FiguresDecided
from services.reporting.domain.people import since
from shared.domain.events import DayPassed, Event
from shared.plumbing.clock import LONDON
from shared.plumbing.database import Connection


async def people_decided(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """One load, one comparison in memory and one write for everyone whom these decisions are about."""
    decisions = [event for event in events if isinstance(event, FiguresDecided)]
    ready = await store.ready(connection)
    said = await wording.numbered(connection, ready.kept, decisions)
    people = await store.load(connection, sorted({event.young_person_id for event in decisions}))
    for event, one in zip(decisions, said, strict=True):
        people[event.young_person_id].hears(one, since(event))
    await store.save(connection, people)
    today = ready.today or await cells.begin(connection, _day_of(decisions[0]))
    await cells.move(connection, ready.kept, people.values(), today)
    return ()


async def day_passed(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """Nothing is decided: the spans that begin today lie there already, and the cells take them up."""
    for event in events:
        if isinstance(event, DayPassed):
            await cells.move_on(connection, event.day)
    return ()


def _day_of(event: FiguresDecided) -> date:
    """The business date on which somebody was decided: where no day has passed yet, it is the first one's."""
    return event.known_from.astimezone(LONDON).date()
