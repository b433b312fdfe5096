"""How do parcels come from the bus? The only file that knows Faust, and it believes nothing that Faust remembers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import faust
from aiokafka import TopicPartition
from faust.transport.drivers import aiokafka as driver

from shared.plumbing.awake import Awake
from shared.plumbing.faults import BusSilent, BusStuck
from shared.plumbing.settings import Settings

MOST_WAITING: Final = 256


class Message(NamedTuple):
    topic: str
    partition: int
    value: bytes


Take = Callable[[Sequence[Message]], Awaitable[None]]
"""Applies messages in order and commits; what it raises ends the listening."""

LOG: Final = logging.getLogger("faust.bus")
STOPS_WITHIN: Final = 5.0


class Thread(driver.AIOKafkaConsumerThread):  # type: ignore[misc]
    """Takes the partitions that it is told, without the rounds in which a group agrees on them, and asks as often."""

    logger = LOG

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        if transport.answers_late:
            transport.awake.tell = self._wait_as_long
            consumer._fetch_max_wait_ms = transport.awake.wait_ms
        return consumer

    def _wait_as_long(self, wait_ms: int) -> None:
        fetcher = self._consumer and self._consumer._fetcher
        if fetcher:
            fetcher._fetch_max_wait_ms = wait_ms

    async def subscribe(self, topics: Iterable[str]) -> None:
        shared = self.consumer.transport.partitions
        await self.call_thread(self._assign, [TopicPartition(topic, p) for topic in sorted(topics) for p in shared])

    async def _assign(self, places: list[TopicPartition]) -> None:
        self._ensure_consumer().assign(places)
        self.app.on_rebalance_start()
        # Whoever subscribes waits for this to return, and what is told here waits for whoever subscribes.
        self.telling = asyncio.create_task(self._rebalance_listener.on_partitions_assigned(places))


class Consumer(driver.Consumer):  # type: ignore[misc]
    logger = LOG

    def _new_consumer_thread(self) -> Thread:
        return Thread(self, loop=self.loop, beacon=self.beacon)


class Transport(driver.Transport):  # type: ignore[misc]
    Consumer = Consumer
    partitions: Sequence[int] = ()
    answers_late = False
    awake: Awake


Assign = Callable[[frozenset[int]], None]
"""Is told of which partitions we hear from now on."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Which topics and which of their partitions; under the group's name the bus keeps how far we have heard.

    That is a hint, so as not to hear everything again: positions are ours.
    """

    topics: Sequence[str]
    partitions: Sequence[int]
    group: str
    member: str
    assign: Assign
    awake: Awake


async def listen(settings: Settings, subscription: Subscription, take: Take, until: asyncio.Event) -> None:
    """Hands over all messages that wait, in order, and acknowledges them after; ends when `until` is set.

    Raises what `take` raised, BusSilent where the client of the bus has failed: begin again with another, and
    BusStuck where it does not let go: only the end of the process ends it.
    """
    app = _application(settings, subscription)
    waiting: asyncio.Queue[tuple[faust.Stream, Any]] = asyncio.Queue(MOST_WAITING)

    async def carry(stream: faust.Stream) -> None:
        async for event in stream.noack().events():
            await waiting.put((stream, event))

    topic = app.topic(*subscription.topics, value_type=bytes, value_serializer="raw", key_serializer="raw")
    app.agent(topic, name=subscription.group, concurrency=1)(carry)
    _tell(app, subscription)
    await _run(app, [asyncio.create_task(_hand_over(waiting, take)), asyncio.create_task(until.wait())])


def _tell(app: faust.App, subscription: Subscription) -> None:
    async def assigned(*_: object, **__: object) -> None:
        subscription.assign(frozenset(subscription.partitions))

    app.on_partitions_assigned.connect(assigned, weak=False)


async def _hand_over(waiting: asyncio.Queue[tuple[faust.Stream, Any]], take: Take) -> None:
    """What came while the last was applied is applied at once: many small parcels cost what one large one does."""
    while True:
        taken = [await waiting.get()]
        while not waiting.empty():
            taken.append(waiting.get_nowait())
        await take([Message(event.message.topic, event.message.partition, event.value) for _, event in taken])
        for stream, event in taken:
            await stream.ack(event)


async def _run(app: faust.App, endings: list[asyncio.Future[Any]]) -> None:
    """The application, until one of the endings; its own failure is one."""
    running = asyncio.create_task(_started(app))
    try:
        ended, _ = await asyncio.wait([*endings, running], return_when=asyncio.FIRST_COMPLETED)
        for ending in ended:
            ending.result()
    finally:
        await _stop(app, [*endings, running])


async def _started(app: faust.App) -> None:
    await app.start()
    await app.wait()
    raise BusSilent("The client of the bus has stopped by itself.")


async def _stop(app: faust.App, tasks: Sequence[asyncio.Future[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    stopped, _ = await asyncio.wait([asyncio.create_task(app.stop())], timeout=STOPS_WITHIN)
    if not stopped:
        raise BusStuck("The client of the bus does not stop.")


def _application(settings: Settings, subscription: Subscription) -> faust.App:
    folder = settings.data_dir / "faust" / subscription.member
    # Faust makes the last folder of this path and none above it.
    folder.parent.mkdir(parents=True, exist_ok=True)
    app = faust.App(
        subscription.group,
        broker=f"aiokafka://{settings.bootstrap}",
        autodiscover=False,
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        stream_wait_empty=False,
        stream_buffer_maxsize=64,
        datadir=str(folder),
    )
    app.transport = Transport(app.conf.broker_consumer, app, app.loop)
    app.transport.partitions, app.transport.awake = subscription.partitions, subscription.awake
    app.transport.answers_late = settings.broker_embedded
    return app
