"""What do we do with what we hear? Whoever needs contact stands in the queue, whoever no longer does is out at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from services.outreach import entries, store
from services.outreach.domain.facets import ContactDecided, Facets, with_said
from services.outreach.domain.needs import Need, needs, on
from services.outreach.tables import contact_rows
from shared.domain.events import DayPassed, Event, PersonDetailsStated, PersonDetailsWithdrawn
from shared.plumbing.chunks import Chunked
from shared.plumbing.clock import LONDON
from shared.plumbing.database import Connection

Held = Mapping[str, Facets]


async def people_decided(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """One load and one write for everyone whom these decisions are about, of what has changed by the last of them."""
    decisions = [event for event in events if isinstance(event, ContactDecided)]
    before = await store.load(connection, sorted({event.young_person_id or "" for event in decisions}))
    now = _after(before, decisions)
    if not now:
        return ()
    await store.keep_facets(connection, now)
    today = await _today(connection, decisions[0])
    leaving, staying = await _change_needs(connection, before, now, today)
    await entries.drop(connection, leaving, today)
    await entries.put(connection, staying, today)
    return ()


def _after(before: Held, decisions: Iterable[ContactDecided]) -> dict[str, Facets]:
    """The facets of those of whom they are no longer the same."""
    now = dict(before)
    for event in decisions:
        person = event.young_person_id or ""
        now[person] = with_said(now[person], event)
    return {person: held for person, held in now.items() if held != before[person]}


async def _change_needs(connection: Connection, before: Held, now: Held, today: date) -> tuple[list[str], list[str]]:
    """Writes the needs that differ; answers who needs no contact today any more, and who needs it otherwise."""
    gone: list[tuple[str, Need]] = []
    new: list[tuple[str, Need]] = []
    leaving: list[str] = []
    staying: list[str] = []
    for person, held in now.items():
        were, are = needs(before[person], contact_rows()), needs(held, contact_rows())
        if were != are:
            gone += [(person, need) for need in were if need not in are]
            new += [(person, need) for need in are if need not in were]
            if (needed := on(today, are)) != on(today, were):
                (staying if needed else leaving).append(person)
    await store.change_needs(connection, gone=gone, new=new)
    return leaving, staying


async def _today(connection: Connection, first: ContactDecided) -> date:
    """The day of the partition in hand; before any day has passed it is that of what is decided."""
    today = await store.today(connection)
    if today is None:
        today = first.known_from.astimezone(LONDON).date()
        await store.come_to(connection, today)
    return today


async def _whom_the_day_moves(connection: Connection, event: Event) -> Sequence[str]:
    return await store.changing(connection, _day(event))


async def _move(connection: Connection, event: Event, people: Sequence[str]) -> Sequence[Event]:
    await entries.come_to(connection, people, _day(event))
    return ()


async def _come_to_day(connection: Connection, event: Event) -> Sequence[Event]:
    await entries.finish_day(connection, _day(event))
    return ()


def _day(event: Event) -> date:
    assert isinstance(event, DayPassed)
    return event.day


day_passed = Chunked(plan=_whom_the_day_moves, apply=_move, conclude=_come_to_day)
"""Whoever's need begins or ends with the day comes into the queue, or leaves it; the day counts when all have."""


async def details_heard(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """How to reach people, in the order in which it was said and taken back."""
    for kind, run in groupby(events, key=type):
        if kind is PersonDetailsStated:
            await store.keep_details(connection, [e for e in run if isinstance(e, PersonDetailsStated)])
        else:
            await store.forget_details(connection, [e for e in run if isinstance(e, PersonDetailsWithdrawn)])
    await entries.reach(connection, sorted({event.young_person_id or "" for event in events}))
    return ()
