"""Does what is said get numbers without holes, in order of commit, under one moment that nothing was closed above?"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from shared.domain.topics import PARTITIONS, partition_of
from shared.plumbing import journal
from shared.plumbing.database import Pool, transaction
from shared.plumbing.journal import Head
from tests.shared.plumbing.said import attempt, day_passed, details, enrolment

OpenPool = Callable[[str], Awaitable[Pool]]


async def test_one_transaction_has_one_moment_and_a_person_one_partition(pool_of: OpenPool) -> None:
    pool = await pool_of("ingest")
    people = [str(1_000_000 + n) for n in range(40)]
    said = [enrolment(person) for person in people] + [details(person) for person in people]
    async with transaction(pool, "ingest") as connection:
        moment = await journal.append(connection, "ingest", said)
    rows = await pool.fetch("SELECT * FROM bus.journal UNION ALL SELECT * FROM bus.detail_journal")
    assert {row["recorded_at"] for row in rows} == {moment}
    assert all(row["partition"] == partition_of(row["young_person_id"]) for row in rows)
    assert {row["event_id"] for row in rows} == {event.event_id for event in said}


async def test_an_event_about_nobody_stands_in_every_partition_once(pool_of: OpenPool) -> None:
    pool = await pool_of("ingest")
    async with transaction(pool, "ingest") as connection:
        await journal.append(connection, "ingest", [day_passed()])
    rows = await pool.fetch("SELECT partition FROM bus.journal WHERE lane = 'evidence' ORDER BY partition")
    assert [row["partition"] for row in rows] == list(range(PARTITIONS))


async def test_what_is_read_is_what_was_said(pool_of: OpenPool) -> None:
    pool = await pool_of("ingest")
    said = [enrolment("77", number=n) for n in range(5)]
    async with transaction(pool, "ingest") as connection:
        moment = await journal.append(connection, "ingest", said)
        entries = await journal.read(connection, Head("evidence", partition_of("77")), after=1, limit=3)
    expected = [event.model_copy(update={"recorded_at": moment}) for event in said[1:4]]
    assert [type(said[0]).model_validate(entry.document) for entry in entries] == expected
    assert [entry.seq for entry in entries] == [2, 3, 4]


async def test_nobody_says_what_is_anothers_to_say(pool_of: OpenPool) -> None:
    async with transaction(await pool_of("outreach"), "outreach") as connection:
        with pytest.raises(LookupError, match="outreach may not say EnrolmentStated"):
            await journal.append(connection, "outreach", [enrolment("7")])


async def test_numbers_have_no_holes_and_follow_the_order_of_commit(pool_of: OpenPool) -> None:
    pool = await pool_of("ingest")
    order = random.Random(7)

    async def say(number: int) -> None:
        people = [str(order.randrange(10_000)) for _ in range(6)]
        async with transaction(pool, "ingest") as connection:
            await journal.append(connection, "ingest", [enrolment(person, number=number) for person in people])
            if number % 5 == 0:
                raise asyncpg.SerializationError("given up, and its numbers with it")

    await asyncio.gather(*(say(number) for number in range(60)), return_exceptions=True)
    rows = await pool.fetch("SELECT partition, seq, recorded_at FROM bus.journal ORDER BY partition, seq")
    for partition in range(PARTITIONS):
        mine = [row for row in rows if row["partition"] == partition]
        assert [row["seq"] for row in mine] == list(range(1, len(mine) + 1))
        assert [row["recorded_at"] for row in mine] == sorted(row["recorded_at"] for row in mine)
    assert len(rows) == 6 * 48


async def test_nothing_is_ever_stamped_at_or_below_what_was_closed(pool_of: OpenPool) -> None:
    pool, other = await pool_of("ingest"), await pool_of("outreach")
    closings: list[tuple[Any, dict[int, int]]] = []

    async def close() -> None:
        for _ in range(25):
            await other.execute("SELECT bus.close()")
            closings.append(await other.fetch("SELECT lane, partition, seq, closed FROM bus.head"))

    async def say(person: int) -> None:
        async with transaction(pool, "ingest") as connection:
            await journal.append(connection, "ingest", [enrolment(str(person)), details(str(person + 1))])

    await asyncio.gather(close(), *(say(person) for person in range(60)))
    rows = await other.fetch("SELECT * FROM bus.journal UNION ALL SELECT * FROM bus.detail_journal")
    for heads in closings:
        closed = {(head["lane"], head["partition"]): head for head in heads}
        for row in rows:
            head = closed[row["lane"], row["partition"]]
            assert row["seq"] <= head["seq"] or row["recorded_at"] > head["closed"]


async def test_under_a_simulated_clock_a_day_begins_its_stamps(
    pool_of: OpenPool, simulate: Callable[[date], Awaitable[None]]
) -> None:
    await simulate(date(2026, 9, 1))
    pool = await pool_of("ingest")

    async def say(person: str) -> Any:
        async with transaction(pool, "ingest") as connection:
            return await journal.append(connection, "ingest", [enrolment(person)])

    first, second = await say("1"), await say("1")
    assert first.isoformat() == "2026-08-31T23:00:00+00:00"
    assert second - first == timedelta(microseconds=1)
    await pool.execute("SELECT bus.close()")
    assert await say("2") - second == timedelta(microseconds=1)
    assert await pool.fetchval("SELECT bus.advance('2026-09-02')") == date(2026, 9, 2)
    assert (await say("2")).isoformat() == "2026-09-01T23:00:00+00:00"
    with pytest.raises(asyncpg.InvalidParameterValueError):
        await pool.execute("SELECT bus.advance('2026-09-01')")


async def test_a_real_clock_is_not_advanced(pool_of: OpenPool) -> None:
    with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError):
        await (await pool_of("ingest")).execute("SELECT bus.advance('2030-01-01')")


async def test_an_attempt_is_outreachs_to_say(pool_of: OpenPool) -> None:
    async with transaction(await pool_of("outreach"), "outreach") as connection:
        assert await journal.append(connection, "outreach", [attempt("5")])
        assert await journal.append(connection, "outreach", []) is None
