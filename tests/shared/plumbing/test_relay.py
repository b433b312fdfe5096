"""Does everything that is said reach the bus, again after the bus has lost it, and not without need?"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from shared.domain.topics import PARTITIONS, partition_of
from shared.plumbing.broker import topic_of
from shared.plumbing.parcel import unpack
from shared.plumbing.relay import relay
from shared.plumbing.settings import Settings
from tests.conftest import Broker
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import day_passed, details, enrolment
from tests.shared.plumbing.test_mailbox import say

WITHIN = 15.0


async def until(holds: Callable[[], Awaitable[Any]], *, within: float = WITHIN) -> Any:
    deadline = time.monotonic() + within
    while not (found := await holds()):
        assert time.monotonic() < deadline, "It did not come about in time."
        await asyncio.sleep(0.05)
    return found


@asynccontextmanager
async def relaying(settings: Settings) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    running = asyncio.create_task(relay(settings, stopping))
    try:
        yield
    finally:
        stopping.set()
        await running


async def on_the_bus(settings: Settings, lane: str) -> list[dict[str, Any]]:
    """Every message of a topic, as any client reads it."""
    topic = topic_of(settings, lane)
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        places = [TopicPartition(topic, partition) for partition in range(PARTITIONS)]
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        await consumer.seek_to_beginning(*places)
        found: list[dict[str, Any]] = []
        while len(found) < sum(ends.values()):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += [{"partition": record.partition, "parcel": unpack(record.value)} for record in records]
        return found
    finally:
        await consumer.stop()


@pytest.fixture
async def posted(pool_of: OpenPool) -> Callable[[int], Awaitable[Any]]:
    """`await posted(3)`: until so many events of the evidence lane were posted."""
    pool = await pool_of("ingest")

    async def wait(events: int) -> Any:
        async def are() -> bool:
            return bool(await pool.fetchval("SELECT sum(seq) = $1 FROM bus.published WHERE lane = 'evidence'", events))

        return await until(are)

    return wait


async def incarnation(pool_of: OpenPool) -> int:
    return int(await (await pool_of("ingest")).fetchval("SELECT incarnation FROM bus.broker"))


async def test_what_is_said_comes_as_parcels_in_the_partition_of_its_person(
    bus_settings: Settings, pool_of: OpenPool, posted: Callable[[int], Awaitable[Any]]
) -> None:
    pool = await pool_of("ingest")
    said = [enrolment(str(person), number=person) for person in range(700)]
    await say(pool, *said, *(details(str(person)) for person in range(10)))
    async with relaying(bus_settings):
        await posted(700)
        await say(pool, day_passed())
        await posted(700 + PARTITIONS)
        parcels = await on_the_bus(bus_settings, "evidence")
    entries = [(m["partition"], entry) for m in parcels for entry in m["parcel"].offered.entries]
    assert len(parcels) == 2 * PARTITIONS
    assert all(partition == partition_of(e.young_person_id) for partition, e in entries if e.young_person_id)
    assert {e.document["event_id"] for _, e in entries if e.young_person_id} == {str(e.event_id) for e in said}
    for partition in range(PARTITIONS):
        mine = [entry.seq for at, entry in entries if at == partition]
        assert mine == list(range(1, len(mine) + 1))


async def test_a_relay_that_is_started_again_repeats_nothing(
    bus_settings: Settings, pool_of: OpenPool, posted: Callable[[int], Awaitable[Any]]
) -> None:
    pool = await pool_of("ingest")
    for many in (1, 2):
        await say(pool, enrolment("7", number=many))
        async with relaying(bus_settings):
            await posted(many)
            assert await incarnation(pool_of) == 1
            parcels = await on_the_bus(bus_settings, "evidence")
    assert len(parcels) == 2


async def test_a_broker_that_lost_everything_is_given_what_some_reader_lacks(
    bus_settings: Settings, pool_of: OpenPool, posted: Callable[[int], Awaitable[Any]], frail: Broker
) -> None:
    pool = await pool_of("ingest")
    await say(pool, *(enrolment("7", number=number) for number in range(10)))
    await (await pool_of("status")).execute(
        "UPDATE bus.position SET seq = 4 WHERE reader = 'status' AND partition = $1", partition_of("7")
    )
    async with relaying(bus_settings):
        await posted(10)
        frail.kill()
        await say(pool, enrolment("7", number=10))
        await asyncio.to_thread(frail.start)
        await posted(11)
        parcels = await on_the_bus(bus_settings, "evidence")
    assert {entry.seq for m in parcels for entry in m["parcel"].offered.entries} == set(range(5, 12))
    assert await incarnation(pool_of) == 2


async def test_a_topic_that_was_deleted_is_made_and_filled_again(
    bus_settings: Settings, pool_of: OpenPool, posted: Callable[[int], Awaitable[Any]]
) -> None:
    pool = await pool_of("ingest")
    await say(pool, enrolment("7"))
    async with relaying(bus_settings):
        await posted(1)
        client = AIOKafkaAdminClient(bootstrap_servers=bus_settings.bootstrap)
        await client.start()
        await client.delete_topics([topic_of(bus_settings, "evidence")])
        await client.close()

        async def made_again() -> bool:
            return await incarnation(pool_of) == 2

        await until(made_again)
        await posted(1)
        assert len(await on_the_bus(bus_settings, "evidence")) == 1


async def test_heads_are_closed_while_nobody_says_anything(bus_settings: Settings, pool_of: OpenPool) -> None:
    pool = await pool_of("reporting")

    async def closed() -> Any:
        return await pool.fetchval("SELECT min(closed) > now() - interval '3 seconds' FROM bus.head")

    async with relaying(bus_settings):
        await until(closed)
