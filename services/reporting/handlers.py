"""What do we do with what we hear? Spans follow decisions, and the cells of today follow both."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import chain

from services.reporting import cells, store
from shared.domain.decisions import PersonDecided
from shared.domain.events import DayPassed, Event
from shared.plumbing.clock import LONDON
from shared.plumbing.database import Connection


async def people_decided(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """One load, one comparison in memory and one write for everyone whom these decisions are about."""
    decisions = [event for event in events if isinstance(event, PersonDecided)]
    by_person: dict[str, list[PersonDecided]] = defaultdict(list)
    for event in decisions:
        by_person[event.young_person_id or ""].append(event)
    reasons = await store.reason_ids(connection, chain.from_iterable(event.reasons for event in decisions))
    people = await store.load(connection, sorted(by_person))
    for young_person_id, person in people.items():
        person.hears(by_person[young_person_id], reasons)
    await store.save(connection, people)
    await cells.begin(connection, _day_of(decisions[0]))
    await cells.move(connection, list(people))
    return ()


async def day_passed(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """Nothing is decided: the spans that begin today lie there already, and the cells take them up."""
    for event in events:
        if isinstance(event, DayPassed):
            await cells.move_on(connection, event.day)
    return ()


def _day_of(event: PersonDecided) -> date:
    """The business date on which somebody was decided: where no day has passed yet, it is the first one's."""
    return event.known_from.astimezone(LONDON).date()
