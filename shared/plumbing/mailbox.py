"""How is what was said applied once and in order, with its effects, its answer and the position in one transaction?"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from shared.domain.events import Event
from shared.domain.topics import LANES, UnknownEvent, said_as
from shared.plumbing import clock, journal, origins, parking, positions
from shared.plumbing.chunks import Chunked, Overtaken, Passage
from shared.plumbing.database import Connection, Pool, transaction
from shared.plumbing.entry import Entry
from shared.plumbing.faults import BusFault, JournalBroken, is_transient, persistently
from shared.plumbing.journal import Head
from shared.plumbing.metrics import BATCH_SECONDS, EVENTS, JOURNAL_READS, labels
from shared.plumbing.turns import Handler, Hears, Turn

BATCH: Final = 500
"""Events a transaction."""
PASSAGES: Final = 2
"""Control events on their way at a time: each takes two connections of the pool, which has at least four."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Consecutive events of one head, in order, as a parcel brings them; never empty."""

    head: Head
    entries: Sequence[Entry]

    @property
    def last_seq(self) -> int:
        return self.entries[-1].seq

    def beyond(self, position: int, size: int) -> Sequence[Entry]:
        """The next events after a position; none where something before them is missing."""
        skip = position + 1 - self.entries[0].seq
        return self.entries[skip : skip + size] if skip >= 0 else ()


def joined_up(offered: Sequence[Offered]) -> Iterator[Offered]:
    """Parcels of one head, in order, as few: one that begins where the last ended, or within it, goes on with it."""
    head, entries = offered[0].head, list(offered[0].entries)
    for one in offered[1:]:
        last = entries[-1].seq
        if one.entries[0].seq > last + 1:
            yield Offered(head, entries)
            entries = list(one.entries)
        else:
            entries += one.entries[last + 1 - one.entries[0].seq :]
    yield Offered(head, entries)


class BatchFailed(Exception):
    """These events made a handler fail: the batch is halved until the one event is found."""

    def __init__(self, batch: Sequence[Entry]) -> None:
        super().__init__(f"{len(batch)} events from {batch[0].seq}")
        self.batch = batch


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One reader of the bus. Any process may call any method at any time: the lock on the position's row decides."""

    service: str
    hears: Hears
    pool: Pool
    limits: parking.Limits = parking.USUAL
    by_type: Mapping[str, tuple[type[Event], Handler | Chunked]] = field(init=False)
    at_work: dict[Head, asyncio.Lock] = field(init=False, default_factory=lambda: defaultdict(asyncio.Lock))
    passages: asyncio.Semaphore = field(init=False, default_factory=lambda: asyncio.Semaphore(PASSAGES))

    def __post_init__(self) -> None:
        _refuse_what_is_not_said_to(self.service, self.hears)
        by_type = {said_as(model): (model, handler) for model, handler in self.hears.items()}
        object.__setattr__(self, "by_type", by_type)

    async def apply(self, offered: Offered) -> None:
        """Applies a parcel; what was applied before is skipped, what is missing before it comes from the journal."""
        async with self.at_work[offered.head]:
            await self._reach(offered.head, offered.last_seq, offered)

    async def catch_up(self, head: Head, up_to: int) -> None:
        """Applies from the journal what this reader has yet to apply of a head, up to a number that it has given."""
        async with self.at_work[head]:
            await self._reach(head, up_to, None)

    def is_at_work(self, head: Head) -> bool:
        """Is something of this head being applied in this process at this moment?"""
        return self.at_work[head].locked()

    async def _reach(self, head: Head, goal: int, offered: Offered | None) -> None:
        size, position = BATCH, 0
        while position < goal:
            try:
                position = await self._step_persistently(head, goal, offered, size)
                size = min(BATCH, size * 2)
            except Overtaken:
                continue
            except BatchFailed as failed:
                believed, offered = offered is None, None
                size = max(1, len(failed.batch) // 2)
                if believed and len(failed.batch) == 1:
                    await self._set_aside(head, failed.batch[0], failed.__cause__ or failed)

    async def _step_persistently(self, head: Head, goal: int, offered: Offered | None, size: int) -> int:
        return await persistently(lambda: self._step(head, goal, offered, size))

    async def _step(self, head: Head, goal: int, offered: Offered | None, size: int) -> int:
        """One transaction, or the chunks of one control event; answers the position after it."""
        began = clock.monotonic()
        batch: Sequence[Entry] = ()
        try:
            async with transaction(self.pool, self.service) as connection:
                position = await positions.hold(connection, self.service, head)
                if position >= goal:
                    return position
                entries = await self._next(connection, head, position, offered, min(size, goal - position))
                batch = entries
                batch = entries[: await self._handle(connection, head, batch)]
        except Exception as error:
            if not batch or is_transient(error) or isinstance(error, BusFault | UnknownEvent):
                raise
            if len(batch) > 1 or self._chunked(batch[0]) is None:
                raise BatchFailed(batch) from error
            batch = ()
        if not batch and (chunked := self._chunked(entries[0])):
            async with self.passages:
                await Passage(self.pool, self.service, self.limits, head, entries[0], chunked).run()
            return entries[0].seq
        BATCH_SECONDS.labels(**labels(reader=self.service)).observe(clock.monotonic() - began)
        EVENTS.labels(**labels(reader=self.service, lane=head.lane)).inc(len(batch))
        origins.count_ages(self.service, head.lane, batch)
        return batch[-1].seq

    async def _next(
        self, connection: Connection, head: Head, position: int, offered: Offered | None, size: int
    ) -> Sequence[Entry]:
        if offered and (entries := offered.beyond(position, size)):
            return entries
        entries = await journal.read(connection, head, after=position, limit=size)
        if not entries or entries[-1].seq != position + len(entries):
            raise JournalBroken(f"{head.lane} {head.partition} lacks what follows {position}.")
        JOURNAL_READS.labels(**labels(reader=self.service, lane=head.lane)).inc()
        return entries

    async def _handle(self, connection: Connection, head: Head, batch: Sequence[Entry]) -> int:
        """Applies a batch up to a control event that moves too many for one transaction; answers how many it took."""
        heard = [entry for entry in batch if self._hears(head, entry)]
        parked = await parking.among(connection, self.service, head, [entry.young_person_id for entry in heard])
        ready = [entry for entry in heard if entry.young_person_id not in parked]
        events = [(entry.seq, entry.made_out(self.by_type[entry.type][0])) for entry in ready]
        turn = Turn(connection, self.service, head, self.hears)
        stopped_at = await turn.hear(events)
        taken = len(batch) if stopped_at is None else stopped_at - batch[0].seq
        if taken:
            await positions.move(connection, self.service, head, batch[taken - 1].seq)
        if turn.said:
            said, caused_at, origin = turn.said, events[0][1].recorded_at, origins.of_answers(ready)
            await journal.append(
                connection, self.service, said, partition=head.partition, caused_at=caused_at, origin=origin
            )
        return taken

    def _hears(self, head: Head, entry: Entry) -> bool:
        """Raises UnknownEvent for a type that this release does not know: only a newer one may pass it."""
        if entry.type in self.by_type:
            return True
        if any(model.__name__ == entry.type for model in LANES[head.lane].carries):
            return False
        raise UnknownEvent(f"{entry.type} on {head.lane}")

    def _chunked(self, entry: Entry) -> Chunked | None:
        _, handler = self.by_type.get(entry.type, (None, None))
        return handler if isinstance(handler, Chunked) else None

    async def _set_aside(self, head: Head, entry: Entry, error: BaseException) -> None:
        await persistently(
            lambda: parking.set_aside(self.pool, self.service, self.limits, head=head, entry=entry, error=error)
        )


def _refuse_what_is_not_said_to(service: str, hears: Hears) -> None:
    said = {model.__name__ for lane in LANES.values() if service in lane.readers for model in lane.carries}
    if strangers := sorted(name for model in hears if (name := said_as(model)) not in said):
        raise LookupError(f"Nobody says {', '.join(strangers)} to {service}.")
