"""Does the watermark say how far everything has passed through, and does waiting end when it has?"""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from shared.domain import events
from shared.domain.events import Event
from shared.domain.topics import LANES, PARTITIONS
from shared.plumbing import watermark
from shared.plumbing.database import Pool
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Mailbox
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import Heard, day_passed, details, enrolment
from tests.shared.plumbing.test_mailbox import say


async def close(pool: Pool) -> None:
    await pool.execute("SELECT bus.close()")


async def present(pool: Pool) -> Any:
    async with pool.acquire() as connection:
        return await watermark.watermark(connection)


async def read_all(mailbox: Mailbox, lane: str) -> None:
    for partition in range(PARTITIONS):
        head = Head(lane, partition)
        seq = await mailbox.pool.fetchval("SELECT seq FROM bus.head WHERE lane = $1 AND partition = $2", *head)
        await mailbox.catch_up(head, seq)


async def nobody_checks() -> bool:
    return False


def decided(event: Event) -> Event:
    return event


async def test_there_is_none_before_anything_was_closed(pool_of: OpenPool) -> None:
    assert await present(await pool_of("reporting")) is None


async def test_it_stands_just_before_the_first_thing_that_somebody_has_yet_to_apply(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("reporting")
    hears = {events.DayPassed: Heard(says=decided)}
    readers = [Mailbox(name, {events.DayPassed: Heard()}, await pool_of(name)) for name in ("outreach", "reporting")]
    seen: list[datetime] = []
    for _ in range(2):
        await say(ingest, day_passed())
        await close(ingest)
        moment: datetime = await pool.fetchval("SELECT max(recorded_at) FROM bus.journal WHERE lane = 'evidence'")
        just_before = moment - timedelta(microseconds=1)
        assert await present(pool) == just_before
        await read_all(Mailbox("status", hears, await pool_of("status")), "evidence")
        await close(ingest)
        assert await present(pool) == just_before
        await read_all(readers[0], "decisions")
        assert await present(pool) == just_before
        await read_all(readers[1], "decisions")
        seen += [just_before, await present(pool)]
        assert seen[-1] >= moment
    assert seen == sorted(seen)


async def test_lag_is_the_real_time_that_the_oldest_has_waited(pool_of: OpenPool) -> None:
    ingest, pool = await pool_of("ingest"), await pool_of("status")
    await say(ingest, enrolment("7"), details("7"))
    async with pool.acquire() as connection:
        behind = await watermark.lag(connection)
    assert [lag.reader for lag in behind] == ["outreach", "reporting", "status"]
    assert all(0 <= lag.seconds < 5 for lag in behind)


async def test_waiting_ends_when_all_that_was_said_has_passed_through(pool_of: OpenPool) -> None:
    ingest, status = await pool_of("ingest"), await pool_of("status")
    await say(ingest, day_passed())
    hears = {events.DayPassed: Heard(says=decided)}
    waiting = asyncio.create_task(watermark.wait(ingest, nobody_checks, seconds=10))
    await read_all(Mailbox("status", hears, status), "evidence")
    for name in ("outreach", "reporting"):
        await read_all(Mailbox(name, {}, await pool_of(name)), "decisions")
    waited = await waiting
    assert waited.settled and waited.behind == () and waited.parked == ()
    assert waited.watermark is not None


async def test_waiting_ends_in_time_and_says_who_is_behind(pool_of: OpenPool) -> None:
    ingest = await pool_of("ingest")
    await say(ingest, enrolment("7"))
    waited = await watermark.wait(ingest, nobody_checks, seconds=0)
    assert not waited.settled
    assert [lag.reader for lag in waited.behind] == ["status"]


async def test_who_is_parked_is_named_and_not_waited_for(pool_of: OpenPool) -> None:
    ingest = await pool_of("ingest")
    await say(ingest, enrolment("7"))
    reader = Mailbox("status", {events.EnrolmentStated: Heard(fails_on={"7"})}, await pool_of("status"))
    await read_all(reader, "evidence")
    waited = await watermark.wait(ingest, nobody_checks, seconds=10)
    assert (waited.settled, waited.parked, waited.behind) == (False, ("7",), ())


def test_every_lane_stands_once_in_the_flow() -> None:
    assert sorted(lane for lanes in watermark.FLOW for lane in lanes) == sorted(LANES)
