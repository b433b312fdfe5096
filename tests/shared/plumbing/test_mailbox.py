"""Is everything that was said applied once and in order, whatever the bus does, and one failing person set aside?"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pydantic_core import to_json

from shared.domain import events
from shared.domain.events import Event
from shared.domain.topics import UnknownEvent, partition_of
from shared.plumbing import journal, parking
from shared.plumbing.chunks import Chunked
from shared.plumbing.database import Connection, Pool, transaction
from shared.plumbing.faults import ControlFailed, TooManyParked
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Hears, Mailbox, Offered
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import Heard, attempt, day_passed, enrolment, frozen

P = partition_of("7")
HEAD = Head("evidence", P)
FELLOWS = [str(n) for n in range(8, 200) if partition_of(str(n)) == P]
"""Other people in the partition of 7."""


async def say(pool: Pool, *said: Event, service: str = "ingest") -> None:
    async with transaction(pool, service) as connection:
        await journal.append(connection, service, said)


async def say_raw(pool: Pool, payload: str) -> None:
    """As a release that is at fault would."""
    await pool.execute(
        "INSERT INTO bus.journal_evidence (lane, partition, seq, event_id, type, young_person_id, recorded_at, payload)"
        " SELECT lane, partition, first_seq, gen_random_uuid(), 'EnrolmentStated', '7', recorded_at, $2"
        " FROM bus.stamp('{evidence}', ARRAY[$1::int], '{1}')",
        P,
        payload,
    )


async def offered(pool: Pool, first: int, last: int) -> Offered:
    async with pool.acquire() as connection:
        return Offered(HEAD, await journal.read(connection, HEAD, after=first - 1, limit=last - first + 1))


async def position(pool: Pool) -> int:
    found: int = await pool.fetchval("SELECT seq FROM bus.position WHERE reader = 'status' AND partition = $1", P)
    return found


def status(pool: Pool, hears: Hears, **more: int) -> Mailbox:
    return Mailbox("status", hears, pool, parking.Limits(**more))


async def test_a_parcel_that_comes_twice_is_applied_once(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard()
    said = [enrolment("7", number=n) for n in range(5)]
    await say(ingest, *said)
    mailbox = status(pool, {events.EnrolmentStated: heard})
    for first, last in ((1, 3), (1, 3), (2, 5), (1, 5)):
        await mailbox.apply(await offered(ingest, first, last))
    assert heard.ids == [event.event_id for event in said]


async def test_what_a_parcel_lacks_before_it_comes_from_the_journal(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard()
    said = [enrolment("7", number=n) for n in range(1200)]
    await say(ingest, *said)
    mailbox = status(pool, {events.EnrolmentStated: heard})
    await mailbox.apply(await offered(ingest, 1100, 1150))
    await mailbox.apply(await offered(ingest, 1, 40))
    assert heard.ids == [event.event_id for event in said[:1150]]
    assert max(len(call) for call in heard.calls) <= 500


async def test_processes_that_fight_over_a_partition_apply_it_once(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard()
    said = [enrolment("7", number=n) for n in range(30)]
    await say(ingest, *said)
    mailbox = status(pool, {events.EnrolmentStated: heard})
    parcels = [await offered(ingest, first, first + 4) for first in range(1, 26, 3)]
    await asyncio.gather(
        *(mailbox.apply(parcel) for parcel in [*reversed(parcels), *parcels]), mailbox.catch_up(HEAD, 30)
    )
    assert heard.ids == [event.event_id for event in said]


async def test_a_fault_leaves_neither_effect_nor_position_nor_answer(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    await say(ingest, enrolment("7"))
    tries = []

    async def fails_once(connection: Connection, heard: Sequence[Event]) -> Sequence[Event]:
        tries.append(
            await connection.fetchval("SELECT seq FROM bus.position WHERE partition = $1 AND reader = 'status'", P)
        )
        if len(tries) == 1:
            raise ConnectionResetError
        return [day_passed()]

    await status(pool, {events.EnrolmentStated: fails_once}).apply(await offered(ingest, 1, 1))
    assert tries == [0, 0]
    assert await pool.fetchval("SELECT count(*) FROM bus.journal WHERE lane = 'decisions'") == 1


async def test_what_is_passed_on_stays_in_its_partition_and_says_what_caused_it(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    await say(ingest, day_passed())
    await status(pool, {events.DayPassed: Heard(says=lambda event: event)}).apply(await offered(ingest, 1, 1))
    rows = await pool.fetch("SELECT partition, caused_at FROM bus.journal WHERE lane = 'decisions'")
    cause = await pool.fetchval("SELECT recorded_at FROM bus.journal WHERE lane = 'evidence' AND partition = $1", P)
    assert [tuple(row) for row in rows] == [(P, cause)]


async def test_events_of_one_handler_in_a_row_are_one_call(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    said = [enrolment("7"), enrolment("7"), day_passed(), enrolment("7")]
    await say(ingest, *said)
    evidence, days = Heard(), Heard()
    await status(pool, {events.EnrolmentStated: evidence, events.DayPassed: days}).catch_up(HEAD, 4)
    ids = [event.event_id for event in said]
    assert evidence.calls == [ids[:2], ids[3:]]
    assert days.calls == [[ids[2]]]


async def test_what_is_not_heard_is_passed_over(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    await say(ingest, enrolment("7"), day_passed())
    await status(pool, {}).catch_up(HEAD, 2)
    assert await position(pool) == 2


async def test_one_failing_person_is_parked_with_all_that_follows_and_the_others_go_on(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    heard = Heard(fails_on={FELLOWS[3]})
    said = [enrolment(person, number=n) for n in range(3) for person in FELLOWS]
    await say(ingest, *said)
    mailbox = status(pool, {events.EnrolmentStated: heard})
    await mailbox.catch_up(HEAD, len(said))
    await say(ingest, enrolment(FELLOWS[3]), enrolment(FELLOWS[4]))
    await mailbox.catch_up(HEAD, len(said) + 2)
    assert len(heard.ids) == len(said) - 3 + 1
    parked = await pool.fetchrow("SELECT reader, young_person_id, from_seq, code, because FROM bus.parked")
    assert tuple(parked)[:4] == ("status", FELLOWS[3], 4, "rule-failed")
    assert parked["because"].startswith("ValueError at said.py:")


async def test_too_many_failing_people_stop_the_reader(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    await say(ingest, *(enrolment(person) for person in FELLOWS))
    mailbox = status(pool, {events.EnrolmentStated: Heard(fails_on=set(FELLOWS))}, parked=3)
    with pytest.raises(TooManyParked):
        await mailbox.catch_up(HEAD, len(FELLOWS))
    assert await position(pool) == 3


async def test_a_fact_about_a_day_that_fails_stops_the_reader(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard(fails_on={None})
    await say(ingest, enrolment("7"), day_passed())
    with pytest.raises(ControlFailed):
        await status(pool, {events.EnrolmentStated: heard, events.DayPassed: heard}).catch_up(HEAD, 2)
    assert await position(pool) == 1


async def test_a_version_of_tomorrow_stops_the_reader_and_is_kept(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard()
    await say(ingest, enrolment("7"), enrolment("7").model_copy(update={"version": 2}), enrolment("7"))
    mailbox = status(pool, {events.EnrolmentStated: heard})
    with pytest.raises(UnknownEvent):
        await mailbox.catch_up(HEAD, 3)
    assert await position(pool) == 0


async def test_an_unreadable_event_parks_its_person(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard()
    await say_raw(ingest, '{"type": "EnrolmentStated", "version": 1, "starts_on": "some day"}')
    await say(ingest, enrolment(FELLOWS[1]))
    await status(pool, {events.EnrolmentStated: heard}).catch_up(HEAD, 2)
    assert len(heard.ids) == 1
    assert await pool.fetchval("SELECT code FROM bus.parked WHERE young_person_id = '7'") == "unreadable"


async def test_a_forged_parcel_is_not_believed_where_the_journal_says_otherwise(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard()
    await say(ingest, enrolment("7"))
    true = await offered(ingest, 1, 1)
    forged = replace(true.entries[0], text=to_json({**true.entries[0].document, "said": "nonsense"}))
    await status(pool, {events.EnrolmentStated: heard}).apply(Offered(HEAD, [forged]))
    assert len(heard.ids) == 1


async def test_a_reader_of_two_lanes_keeps_them_apart(pool_of: OpenPool) -> None:
    outreach, ingest, heard = await pool_of("outreach"), await pool_of("ingest"), Heard(says=lambda e: enrolment("7"))
    await say(outreach, attempt("7"), service="outreach")
    await Mailbox("ingest", {events.ContactAttempted: heard}, ingest).catch_up(Head("contacts", P), 1)
    row = await ingest.fetchrow("SELECT lane, partition, seq FROM bus.journal WHERE lane = 'evidence'")
    assert tuple(row) == ("evidence", P, 1)


async def test_nobody_hears_what_is_not_said_to_them(pool_of: OpenPool) -> None:
    with pytest.raises(LookupError, match="Nobody says ContactAttempted to status"):
        status(await pool_of("status"), {events.ContactAttempted: Heard()})


class Recount:
    """A control event that re-decides everyone: who was done in which commit, and what it says at the end."""

    def __init__(self, people: Sequence[str], fails_on: str = "", away_at: int = 0) -> None:
        self.people, self.fails_on, self.away_at = people, fails_on, away_at
        self.done: list[str] = []
        self.sizes: list[int] = []

    async def plan(self, _: Connection, __: Event) -> Sequence[str]:
        return self.people

    async def apply(self, _: Connection, __: Event, people: Sequence[str]) -> Sequence[Event]:
        if self.fails_on in people:
            raise KeyError(self.fails_on)
        self.sizes.append(len(people))
        if len(self.sizes) == self.away_at:
            raise ConnectionResetError
        self.done += people
        return ()

    async def conclude(self, _: Connection, event: Event) -> Sequence[Event]:
        return [event]

    @property
    def chunked(self) -> Chunked:
        return Chunked(self.plan, self.apply, self.conclude)


async def test_a_control_event_goes_in_chunks_between_what_came_before_and_after(pool_of: OpenPool) -> None:
    ingest, pool, heard = await pool_of("ingest"), await pool_of("status"), Heard()
    people = [str(n) for n in range(1100)]
    recount = Recount(people, away_at=2)
    await say(ingest, enrolment("7"), frozen(), enrolment("7"))
    hears: Hears = {events.EnrolmentStated: heard, events.CohortFrozen: recount.chunked}
    await status(pool, hears).apply(await offered(ingest, 1, 3))
    assert recount.sizes == [500, 500, 500, 100]
    assert recount.done == people
    assert [len(call) for call in heard.calls] == [1, 1]
    assert await position(pool) == 3
    assert await pool.fetchval("SELECT count(*) FROM bus.journal WHERE lane = 'decisions'") == 1


async def test_of_a_control_event_only_the_failing_person_is_parked(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    recount = Recount(FELLOWS, fails_on=FELLOWS[-1])
    await say(ingest, frozen())
    mailbox = status(pool, {events.CohortFrozen: recount.chunked})
    await mailbox.catch_up(HEAD, 1)
    assert recount.done == FELLOWS[:-1]
    assert await pool.fetchval("SELECT young_person_id FROM bus.parked") == FELLOWS[-1]
    await say(ingest, frozen(2027))
    await mailbox.catch_up(HEAD, 2)
    assert recount.done == FELLOWS[:-1] * 2
