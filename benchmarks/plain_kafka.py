"""The same handlers on plain aiokafka, and the broker alone: what does the bus itself cost?"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from benchmarks.office import READERS, heard
from shared.domain.events import Event
from shared.domain.topics import lanes_heard_by, said_as
from shared.domain.written import Sayable, written
from shared.plumbing import clock
from shared.plumbing.broker import administration, lanes_by_topic, make, topic_of
from shared.plumbing.database import Pool, open_pool, transaction
from shared.plumbing.journal import Head
from shared.plumbing.parcel import Row, pack, unpack
from shared.plumbing.settings import Settings
from shared.plumbing.turns import Hears, Turn

BATCH: Final = 500
ROOM: Final = 1_000_000_000
"""A control event is applied at once, however many it moves."""
READY_WITHIN: Final = 90.0
PASSES_WITHIN: Final = 600.0
SPAWN: Final = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Posted:
    head: Head
    events: int
    message: bytes


@dataclass(slots=True)
class Consumer:
    """A group of one: offsets are committed after the transaction, so what is redelivered is applied twice."""

    settings: Settings
    service: str
    works: bool
    pool: Pool
    hears: Hears
    seqs: dict[int, int] = field(default_factory=dict)

    async def run(self, pipe: Pipe) -> None:
        """Says `ready` when it has its partitions, then after each batch how much it has read and said."""
        topics = [topic_of(self.settings, lane) for lane in lanes_heard_by(self.service)]
        consumer = AIOKafkaConsumer(
            *topics,
            bootstrap_servers=self.settings.bootstrap,
            group_id=f"{self.settings.topic_prefix}-{self.service}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=100,
        )
        async with consumer, producing(self.settings) as producer:
            while not consumer.assignment():  # noqa: ASYNC110 (joining a group gives no signal)
                await asyncio.sleep(0.05)
            pipe.send("ready")
            while True:
                found = await consumer.getmany(timeout_ms=100)
                for place, records in found.items():
                    pipe.send(await self._take(producer, place.topic, place.partition, [one.value for one in records]))
                if found:
                    await consumer.commit()

    async def _take(
        self, producer: AIOKafkaProducer, topic: str, partition: int, messages: Sequence[bytes]
    ) -> tuple[int, int]:
        entries = list(chain.from_iterable(unpack(message).offered.entries for message in messages))
        if not self.works:
            return len(entries), 0
        said: list[Sayable] = []
        models = {said_as(model): model for model in self.hears}
        events = [entry.made_out(models[entry.type]) for entry in entries if entry.type in models]
        for at in range(0, len(events), BATCH):
            said += await self._apply(Head(lanes_by_topic(self.settings)[topic], partition), events[at : at + BATCH])
        posted = [await producer.send(*self._letter(one)) for one in self._parcels(partition, said)]
        await asyncio.gather(*posted)
        return len(entries), len(said)

    async def _apply(self, head: Head, events: Sequence[Event]) -> Sequence[Sayable]:
        async with transaction(self.pool, self.service) as connection:
            await connection.execute("SELECT set_config('bus.partition', $1, true)", str(head.partition))
            turn = Turn(connection, self.service, head, self.hears, ROOM)
            await turn.hear(list(enumerate(events)))
            return turn.said

    def _parcels(self, partition: int, said: Sequence[Sayable]) -> Iterator[Posted]:
        now, first = clock.now(), self.seqs.get(partition, 0) + 1
        rows = [(first + at, now, now, written(event).text) for at, event in enumerate(said)]
        self.seqs[partition] = first + len(rows) - 1
        return parcels(Head("decisions", partition), rows)

    def _letter(self, posted: Posted) -> tuple[Any, ...]:
        return topic_of(self.settings, posted.head.lane), posted.message, None, posted.head.partition


def parcels(head: Head, rows: Iterable[Row]) -> Iterator[Posted]:
    """What the relay would post of these rows of one head."""
    rest = list(rows)
    while rest:
        message, last = pack("plain", head, rest)
        many = last - rest[0][0] + 1
        yield Posted(head, many, message)
        rest = rest[many:]


def producing(settings: Settings) -> AIOKafkaProducer:
    return AIOKafkaProducer(bootstrap_servers=settings.bootstrap, acks="all", max_request_size=1_048_576)


def consume(settings: Settings, service: str, works: bool, pipe: Pipe) -> None:
    async def run() -> None:
        pool, hears = await open_pool(settings, service), heard(settings)[service]
        await Consumer(settings, service, works, pool, hears).run(pipe)

    asyncio.run(run())


@contextmanager
def consumers(settings: Settings, *, works: bool) -> Iterator[dict[str, Pipe]]:
    """A process a service, with its partitions, while the block runs; topics are made for it."""
    asyncio.run(_make_topics(settings))
    pipes: dict[str, Pipe] = {}
    children = []
    for service in READERS:
        ours, theirs = SPAWN.Pipe()
        child = SPAWN.Process(target=consume, args=(settings, service, works, theirs), daemon=True)
        child.start()
        pipes[service] = ours
        children.append(child)
    try:
        for service, pipe in pipes.items():
            if not pipe.poll(READY_WITHIN) or pipe.recv() != "ready":
                raise TimeoutError(f"{service} gets no partitions.")
        yield pipes
    finally:
        for child in children:
            child.kill()
            child.join()


async def _make_topics(settings: Settings) -> None:
    async with administration(settings) as client:
        await make(client, sorted(lanes_by_topic(settings)))


async def post(settings: Settings, posted: Sequence[Posted]) -> None:
    async with producing(settings) as producer:
        answers = [
            await producer.send(topic_of(settings, one.head.lane), one.message, partition=one.head.partition)
            for one in posted
        ]
        await asyncio.gather(*answers)


def pass_through(settings: Settings, pipes: dict[str, Pipe], posted: Sequence[Posted]) -> None:
    """Posts all this and waits until every consumer has had its part, and what status says of it."""
    asyncio.run(post(settings, posted))
    by_lane = {
        lane: sum(one.events for one in posted if one.head.lane == lane)
        for lane in ("evidence", "details", "decisions")
    }
    said = _read(pipes["status"], by_lane["evidence"])
    for service in ("outreach", "reporting"):
        _read(pipes[service], by_lane["details"] + by_lane["decisions"] + said)


def _read(pipe: Pipe, many: int) -> int:
    """Waits until so many events were read; answers how many were said."""
    read = said = 0
    while read < many:
        if not pipe.poll(PASSES_WITHIN):
            raise TimeoutError(f"{read} of {many} events have come.")
        more, spoken = pipe.recv()
        read, said = read + more, said + spoken
    return said
