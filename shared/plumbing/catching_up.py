"""How does a service go on while the bus is silent?"""

import asyncio
from collections.abc import Mapping
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
    """Reads from the journal what the bus owes, of any head that nobody is at work on."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.mailbox = reader.mailbox
        self.seen: dict[Head, Seen] = {}
        self.elsewhere: Mapping[int, float] = {}
        self.alone_since: float | None = None
        self.brought_then = 0

    async def run(self) -> None:
        """Until cancelled; raises BusSilent where the bus should have brought something for half a minute."""
        await self._begin()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            behind = await self._look()
            present = {Head(row["lane"], row["partition"]) for row in behind}
            self.seen = {head: seen for head, seen in self.seen.items() if head in present}
            for row in behind:
                await self._look_at(Head(row["lane"], row["partition"]), row["position"], row["waiting"])

    async def _begin(self) -> None:
        """What waits when a process starts and no other has it is read at once: it takes seconds to join a group."""
        for row in await self._look():
            head = Head(row["lane"], row["partition"])
            if head.partition not in self.elsewhere and await self._is_free(head):
                await self.mailbox.catch_up(head, row["position"] + row["waiting"])

    async def _look(self) -> Any:
        behind = await persistently(self._behind)
        self.elsewhere = await persistently(self.reader.holding.elsewhere) if behind else {}
        return behind

    async def _behind(self) -> Any:
        return await self.mailbox.pool.fetch(queries("shared.plumbing")["behind_heads"], self.mailbox.service)

    async def _look_at(self, head: Head, position: int, waiting: int) -> None:
        now = clock.monotonic()
        seen = self.seen.get(head)
        if seen is None or seen.position != position or self.mailbox.is_at_work(head):
            self.seen[head] = Seen(position, now)
            return
        if self.is_owed(head, now, seen.since) and await self._is_free(head):
            self._count_time_alone(now)
            await self.mailbox.catch_up(head, position + waiting)

    def is_owed(self, head: Head, now: float, since: float) -> bool:
        """Has nobody brought it on for 2 s although whose it is had nothing else to do, or for 10 s whatever they did?

        Passed over is what had stood still for so long when a round of work began that brought it no further.
        One that nobody has is owed after 2 s. Of another process the only sign of life is that its positions move.
        """
        reader = self.reader
        if head.partition in self.elsewhere:
            return now - max(since, self.elsewhere[head.partition]) >= STUCK_AFTER
        if head.partition not in reader.holding.assigned:
            return now - since >= SILENT_AFTER
        silent = not reader.applying and now - max(since, reader.brought_at) >= SILENT_AFTER
        passed_over = head not in reader.underway and reader.gone_through_at - since >= STUCK_AFTER
        return silent or passed_over

    async def _is_free(self, head: Head) -> bool:
        return await positions.is_free(self.mailbox.pool, self.mailbox.service, head)

    def _count_time_alone(self, now: float) -> None:
        if self.alone_since is None or self.reader.brought != self.brought_then:
            self.alone_since, self.brought_then = now, self.reader.brought
        if self.reader.listening and now - self.alone_since >= GIVE_UP_AFTER:
            raise BusSilent("The bus has brought nothing for too long although it is there.")
