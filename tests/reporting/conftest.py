"""How do these tests speak to reporting's own tables?"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from uuid import uuid4

import pytest

from services.reporting.__main__ import HEARS
from services.reporting.domain.heard import FiguresDecided, heard
from shared.domain.decisions import PersonDecided
from shared.domain.events import DayPassed
from shared.domain.topics import PARTITIONS, partition_of
from shared.plumbing.database import Connection, Pool, open_pool, snapshot, transaction
from shared.plumbing.settings import Settings

Hear = Callable[..., Awaitable[None]]


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    async with await open_pool(settings, "reporting") as opened:
        yield opened


@asynccontextmanager
async def working(pool: Pool, partition: int) -> AsyncIterator[Connection]:
    """A transaction of the reader in one partition, as the mailbox opens it."""
    async with transaction(pool, "reporting") as connection:
        await connection.execute("SELECT set_config('bus.partition', $1, true)", str(partition))
        yield connection


async def people_decided(connection: Connection, *events: PersonDecided) -> None:
    await HEARS[FiguresDecided](connection, [heard(event) for event in events])  # type: ignore[operator]


async def hear(pool: Pool, *events: PersonDecided) -> None:
    """One batch a partition, as a parcel brings it."""
    for partition in range(PARTITIONS):
        batch = [event for event in events if partition_of(event.young_person_id or "") == partition]
        if batch:
            async with working(pool, partition) as connection:
                await people_decided(connection, *batch)


async def pass_day(pool: Pool, day: date) -> None:
    for partition in range(PARTITIONS):
        async with working(pool, partition) as connection:
            event = DayPassed(event_id=uuid4(), source="council", day=day)
            await HEARS[DayPassed](connection, [event])  # type: ignore[operator]


async def rows(pool: Pool, statement: str, *given: object) -> Sequence[tuple[object, ...]]:
    async with snapshot(pool, "reporting") as connection:
        return [tuple(row) for row in await connection.fetch(statement, *given)]
