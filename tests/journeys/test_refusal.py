"""Does whoever asks not to be called leave the queue for as long as they asked? (OR03, which no file can say)"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from services.ingest.__main__ import HEARS as INGEST_HEARS
from services.outreach.__main__ import HEARS as OUTREACH_HEARS
from services.outreach.attempts import Attempt, record_attempt
from services.outreach.queue import queue
from services.status import tables
from services.status.__main__ import hears
from services.status.handlers import Handlers
from shared.domain.events import DayPassed
from shared.domain.topics import PARTITIONS
from shared.plumbing import journal
from shared.plumbing.database import Pool, open_pool, snapshot, transaction
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Mailbox
from shared.plumbing.settings import Settings
from tests.status.builders import AUTHORITY, PERSON, Story

Simulate = Callable[[date], Awaitable[None]]
HEARS = (("ingest", "contacts", INGEST_HEARS), ("outreach", "decisions", OUTREACH_HEARS),
         ("status", "evidence", hears(Handlers(tables.load(), frozenset({AUTHORITY})))))  # fmt: skip
CALLED_ON = date(2026, 6, 10)
ADVISER = UUID(int=7)


@pytest.fixture
async def pools(settings: Settings) -> AsyncIterator[dict[str, Pool]]:
    async with AsyncExitStack() as stack:
        yield {name: await stack.enter_async_context(await open_pool(settings, name)) for name, *_ in HEARS}


async def catch_up(pools: dict[str, Pool]) -> None:
    """Ingest, then status, then outreach: as what is said flows."""
    for service, lane, heard in (HEARS[0], HEARS[2], HEARS[1]):
        mailbox = Mailbox(service, heard, pools[service])
        for partition in range(PARTITIONS):
            end = await pools[service].fetchval(
                "SELECT seq FROM bus.head WHERE lane = $1 AND partition = $2", lane, partition
            )
            await mailbox.catch_up(Head(lane, partition), end)


async def the_day_is(pools: dict[str, Pool], simulate: Simulate, day: date, story: Story | None = None) -> None:
    await simulate(day)
    told = [event.model_copy(update={"recorded_at": None}) for event in story.events] if story else []
    async with transaction(pools["ingest"], "ingest") as connection:
        passed = DayPassed(event_id=uuid4(), source="ingest", day=day, happened_on=day)
        await journal.append(connection, "ingest", [passed, *told])
    await catch_up(pools)


async def call(pools: dict[str, Pool], outcome: str) -> None:
    async with transaction(pools["outreach"], "outreach") as connection:
        attempt = Attempt(PERSON, ADVISER, CALLED_ON, outcome)
        await record_attempt(connection, attempt, act_id=uuid4(), request_hash=outcome)
    await catch_up(pools)


async def queued(pools: dict[str, Pool]) -> list[str]:
    async with snapshot(pools["outreach"], "outreach") as connection:
        return [entry["need"] for entry in (await queue(connection, establishments=None, limit=None))["entries"]]


@pytest.fixture
async def calling(pools: dict[str, Pool], simulate: Simulate) -> dict[str, Pool]:
    """Somebody without an offer, who is in the queue on the day of the call."""
    story = Story()
    story.cohort(sent="2026-06-10")
    await the_day_is(pools, simulate, CALLED_ON, story)
    assert await queued(pools) == ["OR21"]
    return pools


async def test_whoever_refuses_rests_for_ninety_days_and_is_called_again(
    calling: dict[str, Pool], simulate: Simulate
) -> None:
    await call(calling, "refused")
    assert await queued(calling) == []
    await the_day_is(calling, simulate, CALLED_ON + timedelta(days=89))
    assert await queued(calling) == []
    await the_day_is(calling, simulate, CALLED_ON + timedelta(days=90))
    assert await queued(calling) == ["OR33"]


async def test_whoever_asks_not_to_be_called_is_never_called(calling: dict[str, Pool], simulate: Simulate) -> None:
    await call(calling, "do-not-contact")
    for day in (date(2026, 9, 1), date(2027, 8, 31)):
        await the_day_is(calling, simulate, day)
        assert await queued(calling) == []


async def test_whoever_does_not_answer_stays_in_the_queue(calling: dict[str, Pool]) -> None:
    await call(calling, "no-answer")
    assert await queued(calling) == ["OR21"]
