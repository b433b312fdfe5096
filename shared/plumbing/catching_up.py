"""How does a service go on while the bus is silent?"""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from shared.plumbing import clock, positions
from shared.plumbing.database import queries
from shared.plumbing.faults import BusSilent, persistently
from shared.plumbing.journal import Head
from shared.plumbing.reader import Reader

SILENT_AFTER: Final = 2.0
STUCK_AFTER: Final = 10.0
GIVE_UP_AFTER: Final = 30.0
LOOK_EVERY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a head that this reader is behind on stood, and since when it has not moved."""

    position: int
    since: float


class CatchingUp:
    """Reads from the journal what the bus owes, of any partition that nobody holds."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.mailbox = reader.mailbox
        self.seen: dict[Head, Seen] = {}
        self.alone_since: float | None = None
        self.brought_then = 0

    async def run(self) -> None:
        """Until cancelled; raises BusSilent where the bus should have brought something for half a minute."""
        await self._begin()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            behind = await persistently(self._behind)
            present = {Head(row["lane"], row["partition"]) for row in behind}
            self.seen = {head: seen for head, seen in self.seen.items() if head in present}
            for row in behind:
                await self._look_at(Head(row["lane"], row["partition"]), row["position"], row["waiting"])

    async def _begin(self) -> None:
        """What waits when a process starts is read at once: it takes seconds to join a group."""
        for row in await persistently(self._behind):
            head = Head(row["lane"], row["partition"])
            if await positions.is_free(self.mailbox.pool, self.mailbox.service, head):
                await self.mailbox.catch_up(head, row["position"] + row["waiting"])

    async def _behind(self) -> Any:
        return await self.mailbox.pool.fetch(queries("shared.plumbing")["behind_heads"], self.mailbox.service)

    async def _look_at(self, head: Head, position: int, waiting: int) -> None:
        now = clock.monotonic()
        seen = self.seen.get(head)
        if seen is None or seen.position != position:
            self.seen[head] = Seen(position, now)
            return
        if self._is_owed(now, seen) and await positions.is_free(self.mailbox.pool, self.mailbox.service, head):
            self._count_time_alone(now)
            await self.mailbox.catch_up(head, position + waiting)

    def _is_owed(self, now: float, seen: Seen) -> bool:
        """Has it not moved for 2 s in which the bus brought nothing at all, or for 10 s whatever it brought?"""
        still = now - seen.since
        silent = now - self.reader.brought_at >= SILENT_AFTER
        return still >= (SILENT_AFTER if silent else STUCK_AFTER)

    def _count_time_alone(self, now: float) -> None:
        if self.alone_since is None or self.reader.brought != self.brought_then:
            self.alone_since, self.brought_then = now, self.reader.brought
        if self.reader.listening and now - self.alone_since >= GIVE_UP_AFTER:
            raise BusSilent("The bus has brought nothing for too long although it is there.")
