"""Is a control event that takes long applied once, by one process at a time, whoever else would begin on it?"""

import asyncio
from collections.abc import Sequence

from shared.domain import events
from shared.domain.events import Event
from shared.plumbing import positions
from shared.plumbing.chunks import Chunked
from shared.plumbing.database import Connection
from shared.plumbing.mailbox import Hears
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import Heard, enrolment, frozen
from tests.shared.plumbing.test_mailbox import HEAD, offered, position, say, status
from tests.shared.plumbing.test_relay import until

PEOPLE = [str(n) for n in range(2600)]


class Slow:
    """A control event that re-decides many, whose chunks go on only when the test lets them."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.begun, self.may_go_on = asyncio.Event(), asyncio.Event()

    async def plan(self, _: Connection, __: Event) -> Sequence[str]:
        return PEOPLE

    async def apply(self, _: Connection, __: Event, people: Sequence[str]) -> Sequence[Event]:
        self.begun.set()
        await self.may_go_on.wait()
        self.done += people
        return ()

    @property
    def hears(self) -> Hears:
        return {events.CohortFrozen: Chunked(self.plan, self.apply), events.EnrolmentStated: Heard()}


async def test_processes_that_begin_on_it_at_once_apply_it_once(pool_of: OpenPool) -> None:
    ingest, pool, slow = await pool_of("ingest"), await pool_of("status"), Slow()
    slow.may_go_on.set()
    await say(ingest, enrolment("7"), frozen(), enrolment("7"))
    parcel = await offered(ingest, 1, 3)
    first, second, third = (status(pool, slow.hears) for _ in range(3))
    await asyncio.gather(first.apply(parcel), second.catch_up(HEAD, 3), third.apply(parcel), first.catch_up(HEAD, 2))
    assert slow.done == PEOPLE
    assert await position(pool) == 3


async def test_who_is_overtaken_goes_on_with_what_follows(pool_of: OpenPool) -> None:
    ingest, pool, slow = await pool_of("ingest"), await pool_of("status"), Slow()
    await say(ingest, frozen(), enrolment("7"))
    beginning = asyncio.create_task(status(pool, slow.hears).catch_up(HEAD, 2))
    await slow.begun.wait()
    await pool.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
                       " AND mode = 'ExclusiveLock'")  # fmt: skip
    other = asyncio.create_task(status(pool, {events.CohortFrozen: Heard()}).catch_up(HEAD, 1))
    slow.may_go_on.set()
    await asyncio.gather(beginning, other)
    assert await position(pool) == 2


async def test_between_two_chunks_it_is_not_free(pool_of: OpenPool) -> None:
    ingest, pool, slow = await pool_of("ingest"), await pool_of("status"), Slow()
    await say(ingest, frozen())
    assert await positions.is_free(pool, "status", HEAD)
    async with positions.passage(pool, "status", HEAD, before=0) as ours:
        assert ours
        assert not await positions.is_free(pool, "status", HEAD)
    passing = asyncio.create_task(status(pool, slow.hears).catch_up(HEAD, 1))
    await slow.begun.wait()
    assert not await positions.is_free(pool, "status", HEAD)
    slow.may_go_on.set()
    await passing

    async def is_free() -> bool:
        return await positions.is_free(pool, "status", HEAD)

    await until(is_free)
