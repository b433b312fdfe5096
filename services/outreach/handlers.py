"""What do we do with what we hear? Whoever needs contact stands in the queue, whoever no longer does is out at once."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from services.outreach import store
from services.outreach.domain.facets import with_said
from services.outreach.domain.needs import needs
from services.outreach.tables import contact_rows
from shared.domain.decisions import PersonDecided
from shared.domain.events import DayPassed, Event, PersonDetailsStated, PersonDetailsWithdrawn
from shared.plumbing.clock import LONDON
from shared.plumbing.database import Connection


async def people_decided(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """One load and one write for everyone whom these decisions are about; only the last state counts here."""
    decisions = [event for event in events if isinstance(event, PersonDecided)]
    by_person: dict[str, list[PersonDecided]] = defaultdict(list)
    for event in decisions:
        by_person[event.young_person_id or ""].append(event)
    facets = await store.load(connection, sorted(by_person))
    for person, said in by_person.items():
        for event in said:
            facets[person] = with_said(facets[person], event)
    await store.save(connection, facets, {person: needs(held, contact_rows()) for person, held in facets.items()})
    today = await store.today(connection)
    if today is None:
        today = decisions[0].known_from.astimezone(LONDON).date()
        await store.come_to(connection, today)
    await store.refresh(connection, list(facets), today)
    return ()


async def day_passed(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """Whoever's need begins or ends with the day comes into the queue, or leaves it."""
    for event in events:
        if isinstance(event, DayPassed):
            before = await store.come_to(connection, event.day)
            if before is not None:
                people = await store.changing(connection, min(before, event.day), max(before, event.day))
                await store.refresh(connection, people, event.day)
    return ()


async def details_heard(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """How to reach people, in the order in which it was said and taken back."""
    for kind, run in groupby(events, key=type):
        if kind is PersonDetailsStated:
            await store.keep_details(connection, [e for e in run if isinstance(e, PersonDetailsStated)])
        else:
            await store.forget_details(connection, [e for e in run if isinstance(e, PersonDetailsWithdrawn)])
    return ()
