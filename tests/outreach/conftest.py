"""How do these tests speak to outreach's own tables?"""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.outreach.__main__ import HEARS
from services.outreach.queue import queue
from shared.domain.events import DayPassed, Event
from shared.domain.topics import PARTITIONS, partition_of
from shared.plumbing.database import Connection, Pool, open_pool, snapshot, transaction
from shared.plumbing.journal import Head
from shared.plumbing.settings import Settings
from shared.plumbing.turns import Turn
from tests.outreach.said import as_heard


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    async with await open_pool(settings, "outreach") as opened:
        yield opened


async def hear(pool: Pool, *events: Event) -> None:
    """One batch a partition, as a parcel brings it; all events of one kind."""
    for partition in range(PARTITIONS):
        await _apply(pool, partition, [e for e in events if partition_of(e.young_person_id or "") == partition])


async def pass_day(pool: Pool, day: date) -> None:
    for partition in range(PARTITIONS):
        await _apply(pool, partition, [DayPassed(event_id=uuid4(), source="council", day=day)])


async def _apply(pool: Pool, partition: int, batch: Sequence[Event]) -> None:
    if batch:
        async with transaction(pool, "outreach") as connection:
            await in_partition(connection, partition)
            heard = [(seq, as_heard(event)) for seq, event in enumerate(batch, 1)]
            assert await Turn(connection, "outreach", Head("decisions", partition), HEARS).hear(heard) is None


async def in_partition(connection: Connection, partition: int) -> None:
    await connection.execute("SELECT set_config('bus.partition', $1, true)", str(partition))


async def queued(pool: Pool, *schools: str, limit: int | None = None) -> list[dict[str, Any]]:
    async with snapshot(pool, "outreach") as connection:
        found = await queue(connection, establishments=schools or None, limit=limit)
        entries: list[dict[str, Any]] = found["entries"]
        return entries
