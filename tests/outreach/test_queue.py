"""Is everyone who needs contact today in the queue, once, in order, and nobody else?"""

import asyncio
from datetime import date
from uuid import UUID, uuid4

import pytest

from services.outreach import store
from services.outreach.attempts import Attempt, OutcomeUnknown, RecordedOtherwise, record_attempt
from services.outreach.queue import points_of
from shared.domain.decisions import DimensionsSpan
from shared.plumbing.database import Pool, snapshot, transaction
from tests.outreach.conftest import hear, pass_day, queued
from tests.outreach.said import JUNE, NOON, SEPTEMBER, details, details_withdrawn, needing

TODAY = NOON.date()
ACCOUNT = UUID(int=3)


async def ids(pool: Pool) -> list[str]:
    return [entry["young_person_id"] for entry in await queued(pool)]


async def differing(pool: Pool) -> list[dict[str, object]]:
    async with snapshot(pool, "outreach") as connection:
        return await store.differing(connection)


async def attempted(pool: Pool, person: str, outcome: str, act: UUID | None = None, request: str = "a") -> object:
    async with transaction(pool, "outreach") as connection:
        attempt = Attempt(person, ACCOUNT, TODAY, outcome)
        return await record_attempt(connection, attempt, act_id=act or uuid4(), request_hash=request)


async def test_the_queue_has_one_entry_a_person_of_the_oldest_campaign(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)), needing("1", ("OR30", date(2026, 5, 1), None), campaign=2025))
    (entry,) = await queued(pool)
    shown = {"young_person_id": "1", "campaign": 2025, "other_campaigns": [2026], "year_group": 11, "need": "OR30",
             "because": "Because of OR30.", "leased_to": None, "waiting_since": date(2026, 5, 1)}  # fmt: skip
    assert shown.items() <= entry.items()
    assert entry["priority"] == sum(point["points"] for point in entry["points"])


async def test_who_is_shielded_is_not_in_the_queue(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR10", JUNE, None)))
    assert await ids(pool) == []


async def test_the_order_is_priority_then_the_longest_wait_then_the_number(pool: Pool) -> None:
    await hear(
        pool,
        needing("100", ("OR21", JUNE, None)),
        needing("20", ("OR21", JUNE, None)),
        needing("3", ("OR21", date(2026, 6, 2), None)),
        needing("4", ("OR21", date(2026, 6, 3), None), dimensions=DimensionsSpan(send="E")),
    )
    assert await ids(pool) == ["4", "20", "100", "3"]


async def test_who_no_longer_needs_contact_is_out_at_once_and_their_adviser_is_told(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)), needing("2", ("OR21", JUNE, None)))
    async with transaction(pool, "outreach") as connection:
        await connection.execute(
            "INSERT INTO lease (young_person_id, account_id, until) VALUES ('1', $1, 'infinity')", ACCOUNT
        )
    assert {entry["young_person_id"]: entry["leased_to"] for entry in await queued(pool)} == {"1": ACCOUNT, "2": None}
    await hear(pool, needing("1", hours=1))
    assert await ids(pool) == ["2"]
    assert await pool.fetchval("SELECT ended_because FROM outreach.lease WHERE ended_at IS NOT NULL")


async def test_days_bring_people_in_and_take_them_out(pool: Pool) -> None:
    await pass_day(pool, date(2026, 8, 31))
    people = [str(number) for number in range(1, 31)]
    await hear(pool, *(needing(person, ("OR21", JUNE, SEPTEMBER)) for person in people[:10]))
    await hear(pool, *(needing(person, ("OR33", SEPTEMBER, None)) for person in people[10:]))
    assert sorted(await ids(pool)) == sorted(people[:10])
    await pass_day(pool, SEPTEMBER)
    assert sorted(await ids(pool)) == sorted(people[10:])
    assert not await differing(pool)


async def test_a_withdrawn_mistake_gives_back_the_old_waiting_time(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)))
    await hear(pool, needing("1", hours=1))
    await hear(pool, needing("1", ("OR21", JUNE, None), hours=2))
    assert [entry["waiting_since"] for entry in await queued(pool)] == [JUNE]


async def test_the_queue_of_a_school_and_a_limit(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)), needing("2", ("OR21", JUNE, None), establishment="8604001"))
    assert [entry["young_person_id"] for entry in await queued(pool, "8604001")] == ["2"]
    assert len(await queued(pool, limit=1)) == 1


async def test_who_can_be_reached_is_seen_as_long_as_it_stands(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)))
    before = (await queued(pool))[0]["priority"]
    await hear(pool, details("1", phone="07700 900123"), details("1", number=2, surname="Ash"))
    assert (await queued(pool))[0]["priority"] == before + 5
    await hear(pool, details_withdrawn("1"))
    assert (await queued(pool))[0]["priority"] == before


async def test_an_attempt_is_kept_once_and_said_once(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)))
    act = uuid4()
    said = await attempted(pool, "1", "no-answer", act)
    assert await attempted(pool, "1", "no-answer", act) == said
    with pytest.raises(RecordedOtherwise):
        await attempted(pool, "1", "refused", act, request="b")
    with pytest.raises(OutcomeUnknown):
        await attempted(pool, "1", "shrugged")
    assert await pool.fetchval("SELECT count(*) FROM bus.journal WHERE lane = 'contacts'") == 1
    (entry,) = await queued(pool)
    assert (entry["attempts"], entry["resting_until"], entry["for_review"]) == (1, date(2026, 6, 12), False)
    assert {"name": "Tried in the last three days", "points": -20} in entry["points"]


async def test_who_was_tried_often_goes_to_the_coordinator(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)))
    for _ in range(5):
        await attempted(pool, "1", "no-answer")
    assert (await queued(pool))[0]["for_review"]


async def test_points_are_given_by_person_and_campaign(pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)), needing("1", ("OR30", JUNE, None), campaign=2025))
    await hear(pool, needing("2", ("OR10", JUNE, None)))
    async with snapshot(pool, "outreach") as connection:
        found = await points_of(connection, ["1", "2", "3"])
    assert found.keys() == {("1", 2025), ("1", 2026)}
    assert (await queued(pool))[0]["priority"] == found["1", 2025]["priority"]


async def test_two_partitions_at_once_do_not_wait_for_each_other(pool: Pool) -> None:
    await asyncio.gather(*(hear(pool, needing(str(number), ("OR21", JUNE, None))) for number in range(1, 9)))
    assert len(await ids(pool)) == 8
