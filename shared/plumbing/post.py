"""How are the next parcels of every head put on the bus?"""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Final, Self

from aiokafka import AIOKafkaProducer

from shared.plumbing import clock
from shared.plumbing.broker import topic_of
from shared.plumbing.database import Pool, queries
from shared.plumbing.journal import Head
from shared.plumbing.metrics import PARCEL_EVENTS, POST_DONE, POST_SECONDS, PUBLISHED, labels
from shared.plumbing.parcel import EVENTS, Row, pack
from shared.plumbing.settings import Settings

LARGEST: Final = 1_000_000
"""Bytes that a broker takes in one message as it comes; an event beyond that is read from the journal alone."""

log = logging.getLogger(__name__)


class TopicMadeAnew(Exception):
    """The broker puts a parcel where an earlier one lay: its topic was deleted and made again; post it again."""


@dataclass(frozen=True, slots=True)
class Sent:
    head: Head
    first: int
    last: int
    answer: Awaitable[Any]


async def _nowhere() -> None:
    return None


@dataclass(slots=True)
class Post:
    """What was posted of each head, and at which offset its last parcel lies."""

    settings: Settings
    pool: Pool
    producer: AIOKafkaProducer
    lineage: str
    posted: dict[Head, int] = field(default_factory=dict)
    offsets: dict[Head, int] = field(default_factory=dict)

    @classmethod
    async def open(cls, settings: Settings, pool: Pool, producer: AIOKafkaProducer) -> Self:
        post = cls(settings, pool, producer, await pool.fetchval(queries("shared.plumbing")["lineage"]))
        for row in await pool.fetch(queries("shared.plumbing")["posted"]):
            head = Head(row["lane"], row["partition"])
            post.posted[head], post.offsets[head] = row["seq"], row["at_offset"]
        return post

    async def carry_all(self) -> None:
        """Posts everything that was said so far, a parcel of each head at a time; raises TopicMadeAnew."""
        while waiting := await self._waiting():
            began = clock.monotonic()
            sent = [await self._send(head, rows) for head, rows in (await self._next(waiting)).items()]
            answers = await asyncio.gather(*(one.answer for one in sent), return_exceptions=True)
            for one, answer in zip(sent, answers, strict=True):
                self._note(one, answer)
            POST_SECONDS.observe(clock.monotonic() - began)
            await self._mark(waiting)
        POST_DONE.set_to_current_time()

    async def _waiting(self) -> list[Head]:
        rows = await self.pool.fetch(queries("shared.plumbing")["all_heads"])
        heads = [(Head(row["lane"], row["partition"]), row["seq"]) for row in rows]
        return [head for head, seq in heads if seq > self.posted[head]]

    async def _next(self, waiting: list[Head]) -> dict[Head, list[Row]]:
        found: dict[Head, list[Row]] = {}
        for name, of_details in (("next_of_journal", False), ("next_of_detail_journal", True)):
            heads = [head for head in waiting if (head.lane == "details") == of_details]
            for lane, partition, *row in await self._rows(name, heads) if heads else ():
                found.setdefault(Head(lane, partition), []).append((row[0], row[1], row[2], row[3]))
        return found

    async def _rows(self, name: str, heads: list[Head]) -> list[Any]:
        after = [self.posted[head] for head in heads]
        asked = ([head.lane for head in heads], [head.partition for head in heads], after, EVENTS)
        rows: list[Any] = await self.pool.fetch(queries("shared.plumbing")[name], *asked)
        return rows

    async def _send(self, head: Head, rows: list[Row]) -> Sent:
        message, last = pack(self.lineage, head, rows)
        first, topic = rows[0][0], topic_of(self.settings, head.lane)
        if len(message) > LARGEST:
            log.warning("An event too large for the bus is left to the journal.", extra={"lane": head.lane})
            return Sent(head, first, last, _nowhere())
        return Sent(head, first, last, await self.producer.send(topic, message, partition=head.partition))

    def _note(self, sent: Sent, answer: Any) -> None:
        if isinstance(answer, BaseException):
            raise answer
        if answer is not None:
            if answer.offset <= self.offsets[sent.head]:
                raise TopicMadeAnew(f"{sent.head.lane} {sent.head.partition}")
            self.offsets[sent.head] = answer.offset
            PUBLISHED.labels(**labels(lane=sent.head.lane)).inc(sent.last - sent.first + 1)
            PARCEL_EVENTS.labels(**labels(lane=sent.head.lane)).observe(sent.last - sent.first + 1)
        self.posted[sent.head] = sent.last

    async def _mark(self, heads: list[Head]) -> None:
        lanes, partitions = [head.lane for head in heads], [head.partition for head in heads]
        seqs, offsets = [self.posted[head] for head in heads], [self.offsets[head] for head in heads]
        await self.pool.execute(queries("shared.plumbing")["mark_posted"], lanes, partitions, seqs, offsets)
