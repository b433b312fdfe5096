"""How does a service hear from the bus what is meant for it, and only that?"""

import asyncio
import hashlib
import logging
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

from shared.domain.topics import PARTITIONS, lanes_heard_by
from shared.plumbing import clock, parking
from shared.plumbing.awake import Awake
from shared.plumbing.broker import BROKER_AWAY, administration, cluster, lanes_by_topic, missing, topic_of
from shared.plumbing.bus import Message, Subscription, listen
from shared.plumbing.database import queries
from shared.plumbing.faults import BusSilent, persistently, where_it_arose
from shared.plumbing.holding import Holding
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Mailbox, Offered, joined_up
from shared.plumbing.metrics import PARCELS, labels
from shared.plumbing.parcel import NotAParcel, Parcel, unpack
from shared.plumbing.process import all_of
from shared.plumbing.settings import Settings

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 0.5
AT_ONCE: Final = 3
"""Heads that are applied at a time; each takes a connection of the pool."""


class Reader:
    """One process of one service's reading from the bus; another broker, or the same one emptied, is begun anew."""

    def __init__(self, settings: Settings, mailbox: Mailbox) -> None:
        self.settings = settings
        self.mailbox = mailbox
        self.lanes = lanes_by_topic(settings)
        self.lineage = ""
        self.given: dict[Head, int] = {}
        self.applied: dict[Head, int] = {}
        self.awake = Awake()
        self.holding = Holding(mailbox.pool, mailbox.service, self.awake)
        self.listening = False
        self.applying = False
        self.began_at = self.brought_at = self.gone_through_at = clock.monotonic()
        self.underway: frozenset[Head] = frozenset()
        self.brought = 0

    async def listen_on(self) -> None:
        """Listens until it is cancelled; raises what a handler or the journal cannot go on from."""
        topics = [topic_of(self.settings, lane) for lane in lanes_heard_by(self.mailbox.service)]
        member = f"{self.mailbox.service}-{self.settings.worker}"
        while True:
            incarnation = await self._broker_ready()
            renewed = asyncio.Event()
            watching = asyncio.create_task(self._watch(incarnation, renewed))
            self.listening = True
            try:
                group = self._group(incarnation)
                subscription = Subscription(topics, self.share, group, member, self.holding.assign, self.awake)
                await listen(self.settings, subscription, self.take, renewed)
            except (BusSilent, *BROKER_AWAY) as error:
                log.warning("The bus is begun anew: %s.", where_it_arose(error))
                await asyncio.sleep(LOOK_EVERY)
            finally:
                self.listening = False
                self.holding.assign(frozenset())
                watching.cancel()

    async def take(self, messages: Sequence[Message]) -> None:
        """Applies what came from the bus; what is not ours, not of this journal or not new is left alone."""
        new: dict[Head, list[Offered]] = {}
        for message in messages:
            outcome = await self._sorted_in(message, new)
            PARCELS.labels(**labels(reader=self.mailbox.service, lane=self.lanes[message.topic], outcome=outcome)).inc()
        if new:
            await self._apply(new)

    async def _apply(self, new: Mapping[Head, Sequence[Offered]]) -> None:
        self.began_at, self.applying, waiting = clock.monotonic(), True, deque(new.items())
        self.underway = frozenset(new)
        try:
            await all_of(self._carry(waiting) for _ in range(AT_ONCE))
        finally:
            self.brought_at, self.applying = clock.monotonic(), False
            self.gone_through_at, self.underway = self.began_at, frozenset()

    async def _carry(self, waiting: deque[tuple[Head, Sequence[Offered]]]) -> None:
        """Heads are independent: while the database works on one, another is made out."""
        while waiting:
            head, offered = waiting.popleft()
            for joined in joined_up(offered):
                await self.mailbox.apply(joined)
            self.applied[head] = offered[-1].last_seq
            self.brought += 1

    async def _sorted_in(self, message: Message, new: dict[Head, list[Offered]]) -> str:
        """Puts a parcel with the new ones of its head; answers what becomes of it."""
        place = Head(self.lanes[message.topic], message.partition)
        try:
            parcel = unpack(message.value)
        except NotAParcel:
            await self._bury(place, message.topic, message.value)
            return "unreadable"
        if not await self._ours(place, parcel):
            return "foreign"
        before = new[place][-1].last_seq if place in new else self.applied.get(place, 0)
        if parcel.offered.last_seq <= before:
            return "repeated"
        new.setdefault(place, []).append(parcel.offered)
        return "applied"

    async def _bury(self, head: Head, topic: str, message: bytes) -> None:
        box = self.mailbox
        await parking.keep_dead_letter(box.pool, box.service, box.limits, head=head, topic=topic, message=message)

    async def _ours(self, place: Head, parcel: Parcel) -> bool:
        """Is it of this journal, and has that given its numbers? A restored one has not given what came later."""
        if parcel.lineage != self.lineage or parcel.offered.head != place:
            return False
        if parcel.offered.last_seq > self.given.get(place, 0):
            rows = await self.mailbox.pool.fetch(queries("shared.plumbing")["heads"], [place.lane])
            self.given |= {Head(row["lane"], row["partition"]): row["seq"] for row in rows}
        return parcel.offered.last_seq <= self.given.get(place, 0)

    @property
    def share(self) -> Sequence[int]:
        """The partitions of this one among the processes of its service."""
        return range(self.settings.worker, PARTITIONS, self.settings.workers)

    def _group(self, incarnation: int) -> str:
        journal = hashlib.sha256(self.lineage.encode()).hexdigest()[:8]
        return f"{self.settings.topic_prefix}-{self.mailbox.service}-{journal}-{incarnation}"

    async def _broker_ready(self) -> int:
        """The incarnation of the broker, once the relay has found it and made our topics."""
        while True:
            try:
                self.lineage, known = await persistently(self._lineage), await persistently(self._broker)
                async with administration(self.settings) as client:
                    if known == (known[0], await cluster(client)) and not await missing(client, self.settings):
                        return known[0]
            except BROKER_AWAY as error:
                log.info("The broker is not there: %s.", where_it_arose(error))
            await asyncio.sleep(LOOK_EVERY)

    async def _watch(self, incarnation: int, renewed: asyncio.Event) -> None:
        """Tells when the relay has found another broker, or the same one emptied."""
        while True:
            if (await persistently(self._broker))[0] != incarnation:
                renewed.set()
                return
            await asyncio.sleep(LOOK_EVERY)

    async def _lineage(self) -> str:
        return str(await self.mailbox.pool.fetchval(queries("shared.plumbing")["lineage"]))

    async def _broker(self) -> tuple[int, str]:
        row = await self.mailbox.pool.fetchrow(queries("shared.plumbing")["broker"])
        return row["incarnation"], row["cluster"]
