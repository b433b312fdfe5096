"""Does an entry follow what it is made of: needs, days, attempts, details and the table of points?"""

import asyncio
import random
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from services.outreach import store
from services.outreach.attempts import Attempt, record_attempt
from services.outreach.handlers import day_passed
from services.outreach.ordering import order
from services.outreach.queue import length
from shared.domain.decisions import DimensionsSpan
from shared.domain.events import DayPassed
from shared.domain.topics import partition_of
from shared.plumbing.database import Pool, snapshot, transaction
from tests.outreach.conftest import hear, in_partition, pass_day, queued
from tests.outreach.said import JUNE, NOON, SEPTEMBER, details, details_withdrawn, needing

TODAY = NOON.date()
ACCOUNT = UUID(int=3)
NEEDS = ("OR20", "OR21", "OR30", "OR33", "OR34")


async def attempted(pool: Pool, person: str, day: date, again_on: date | None = None) -> None:
    async with transaction(pool, "outreach") as connection:
        attempt = Attempt(person, ACCOUNT, day, "no-answer", again_on)
        await record_attempt(connection, attempt, act_id=uuid4(), request_hash="a")


async def in_order(pool: Pool) -> list[str]:
    """Who is in the queue; all are where the points that are shown of them put them."""
    entries = await queued(pool)
    assert [entry["priority"] for entry in entries] == [sum(p["points"] for p in e["points"]) for e in entries]
    assert entries == sorted(entries, key=lambda e: (-e["priority"], e["waiting_since"], int(e["young_person_id"])))
    return [entry["young_person_id"] for entry in entries]


@pytest.mark.parametrize("seed", range(3))
async def test_everyone_stands_where_their_points_of_the_day_put_them(pool: Pool, seed: int) -> None:
    chance = random.Random(seed)
    people = [str(number) for number in range(1, 41)]
    decided = [
        needing(
            person,
            (chance.choice(NEEDS), JUNE + timedelta(days=chance.randrange(-5, 60)), None),
            campaign=chance.choice((2025, 2026)),
            dimensions=DimensionsSpan(send=chance.choice("NE"), characteristics=(chance.choice(("110", "140")),)),
        )
        for person in people
    ]
    await hear(pool, *decided)
    for day in (TODAY + timedelta(days=n) for n in (1, 2, 3, 9, 20, 21, 50)):
        await pass_day(pool, day)
        for person in chance.sample(people, 5):
            await attempted(pool, person, day, chance.choice((None, day + timedelta(days=chance.randrange(1, 9)))))
        await hear(pool, *(details(person, phone="07700 900123") for person in chance.sample(people, 3)))
        async with snapshot(pool, "outreach") as connection:
            assert not await store.differing(connection)
            assert sum((await length(connection)).values()) == len(await in_order(pool))


async def test_a_day_that_comes_in_pieces_may_come_in_part_twice(pool: Pool) -> None:
    people = [str(number) for number in range(1, 200) if partition_of(str(number)) == 0]
    await hear(pool, *(needing(p, ("OR21", JUNE, SEPTEMBER if int(p) % 2 else None)) for p in people))
    await hear(pool, *(needing(f"{p}000", ("OR33", SEPTEMBER, None)) for p in people))
    passed = DayPassed(event_id=uuid4(), source="council", day=SEPTEMBER)
    async with transaction(pool, "outreach") as connection:
        await in_partition(connection, 0)
        planned = await day_passed.plan(connection, passed)
        await day_passed.apply(connection, passed, planned[:3])
    await attempted(pool, people[0], TODAY)
    async with transaction(pool, "outreach") as connection:
        await in_partition(connection, 0)
        again = await day_passed.plan(connection, passed)
        await day_passed.apply(connection, passed, again)
        await day_passed.conclude(connection, passed)
    async with snapshot(pool, "outreach") as connection:
        assert [d for d in await store.differing(connection) if partition_of(str(d["young_person_id"])) == 0] == []


async def test_who_is_tried_while_a_day_comes_in_pieces_is_weighed_as_on_that_day(pool: Pool) -> None:
    person = next(str(number) for number in range(1, 40) if partition_of(str(number)) == 0)
    await hear(pool, needing(person, ("OR21", JUNE, None)))
    later = DayPassed(event_id=uuid4(), source="council", day=TODAY + timedelta(days=3))
    async with transaction(pool, "outreach") as connection:
        await in_partition(connection, 0)
        await day_passed.apply(connection, later, await day_passed.plan(connection, later))
    await attempted(pool, person, TODAY)
    async with transaction(pool, "outreach") as connection:
        await in_partition(connection, 0)
        await day_passed.conclude(connection, later)
    assert await in_order(pool) == [person]


async def test_details_and_decisions_of_one_person_at_once_leave_nobody_unreachable(pool: Pool) -> None:
    people = [str(number) for number in range(1, 9)]
    await asyncio.gather(
        *(hear(pool, needing(person, ("OR21", JUNE, None))) for person in people),
        *(hear(pool, details(person, phone="07700 900123")) for person in people),
    )
    shown = [{point["name"] for point in entry["points"]} for entry in await queued(pool)]
    assert all("A phone number or an email address is known" in names for names in shown)
    await hear(pool, *(details_withdrawn(person) for person in people))
    assert sorted(await in_order(pool)) == people


async def test_another_table_of_points_puts_everyone_in_another_order(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR34", JUNE, None)), needing("2", ("OR30", JUNE, None)))
    async with transaction(pool, "outreach") as connection:
        await connection.execute("UPDATE day SET points = 'of another release'")
        await connection.execute("UPDATE entry SET points = 10 * young_person_id::integer - 400")
    await order(pool)
    assert await in_order(pool) == ["2", "1"]
    assert not await pool.fetchval("SELECT count(*) FROM outreach_g1.day WHERE points = 'of another release'")
