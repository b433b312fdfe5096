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
    await store.keep_facets(connection, now)
    today = await _today(connection, decisions[0])
    await entries.refresh(connection, await _change_needs(connection, before, now, today), today)
    return ()


def _after(before: Held, decisions: Iterable[ContactDecided]) -> dict[str, Facets]:
    """The facets of those of whom they are no longer the same."""
    now = dict(before)
    for event in decisions:
        person = event.young_person_id or ""
        now[person] = with_said(now[person], event)
    return {person: held for person, held in now.items() if held != before[person]}


async def _change_needs(connection: Connection, before: Held, now: Held, today: date) -> list[str]:
    """Writes the needs that differ; answers who needs something else today than they did."""
    gone: list[tuple[str, Need]] = []
    new: list[tuple[str, Need]] = []
    moved = []
    for person, held in now.items():
        were, are = needs(before[person], contact_rows()), needs(held, contact_rows())
        if were != are:
            gone += [(person, need) for need in were if need not in are]
            new += [(person, need) for need in are if need not in were]
            if on(today, were) != on(today, are):
                moved.append(person)
    await store.change_needs(connection, gone=gone, new=new)
    return moved


async def _today(connection: Connection, first: ContactDecided) -> date:
    """The day of the partition in hand; before any day has passed it is that of what is decided."""
    today = await store.today(connection)
    if today is None:
        today = first.known_from.astimezone(LONDON).date()
        await store.come_to(connection, today)
    return today


async def _whom_the_day_moves(connection: Connection, event: Event) -> Sequence[str]:
    before = await store.today(connection)
    return await store.changing(connection, before, _day(event)) if before else ()


async def _move(connection: Connection, event: Event, people: Sequence[str]) -> Sequence[Event]:
    await entries.refresh(connection, people, _day(event))
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
