"""How does a control event re-decide many people without holding anything for long?"""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from shared.domain.events import Event
from shared.domain.written import Sayable
from shared.plumbing import journal, origins, parking, positions
from shared.plumbing.database import Connection, Pool, transaction
from shared.plumbing.entry import Entry
from shared.plumbing.faults import BusFault, is_transient, persistently
from shared.plumbing.journal import Head

CHUNK: Final = 500
"""People a commit."""

Plan = Callable[[Connection, Event], Awaitable[Sequence[str]]]
ChunkHandler = Callable[[Connection, Event, Sequence[str]], Awaitable[Sequence[Sayable]]]
Conclusion = Callable[[Connection, Event], Awaitable[Sequence[Sayable]]]


async def nothing_more(_: Connection, __: Event) -> Sequence[Sayable]:
    return ()


@dataclass(frozen=True, slots=True)
class Chunked:
    """For a control event that re-decides many: whom it concerns, then what to do for 500 of them at a time.

    `plan` writes what the event says and returns the ids of the young people of this partition whom it moves; it may
    be called again, and what it wrote may be committed before the position moves. `apply` may be called again for the
    same people after a fault. Repeating either must be harmless. `conclude` runs in
    the transaction that moves the position, so what it says is said once.
    """

    plan: Plan
    apply: ChunkHandler
    conclude: Conclusion = nothing_more

    async def whole(self, connection: Connection, event: Event, people: Sequence[str]) -> list[Sayable]:
        """All of it at once, where it moves few enough for the transaction that moves the position."""
        said = await self.apply(connection, event, people) if people else ()
        return [*said, *await self.conclude(connection, event)]


class Overtaken(BusFault):
    """Another process has applied this event meanwhile; the mailbox begins again at the present position."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One control event on its way through one partition of a reader."""

    pool: Pool
    service: str
    limits: parking.Limits
    head: Head
    entry: Entry
    chunked: Chunked

    async def run(self) -> None:
        """Each chunk is a commit, the position moves at the end; a person who fails is parked, the others go on.

        Raises Overtaken where another process has done it.
        """
        async with positions.passage(self.pool, self.service, self.head, self.entry.seq - 1) as ours:
            if not ours:
                raise Overtaken(f"{self.head.lane} {self.head.partition} has passed {self.entry.seq}.")
            await self._pass()

    async def _pass(self) -> None:
        event = self.entry.made_out()
        people = await persistently(partial(self._plan, event))
        waiting = deque(people[at : at + CHUNK] for at in range(0, len(people), CHUNK))
        while waiting:
            chunk = waiting.popleft()
            try:
                await persistently(partial(self._apply, event, chunk))
            except Exception as error:
                if is_transient(error) or isinstance(error, BusFault):
                    raise
                waiting.extendleft(reversed(await self._halved(chunk, error)))
        await persistently(partial(self._conclude, event))

    async def _plan(self, event: Event) -> Sequence[str]:
        async with transaction(self.pool, self.service) as connection:
            await self._hold(connection)
            people = await self.chunked.plan(connection, event)
            parked = await parking.among(connection, self.service, self.head, people)
            return [person for person in people if person not in parked]

    async def _apply(self, event: Event, people: Sequence[str]) -> None:
        async with transaction(self.pool, self.service) as connection:
            await self._hold(connection)
            await self._say(connection, event, await self.chunked.apply(connection, event, people))

    async def _conclude(self, event: Event) -> None:
        async with transaction(self.pool, self.service) as connection:
            await self._hold(connection)
            said = await self.chunked.conclude(connection, event)
            await positions.move(connection, self.service, self.head, self.entry.seq)
            await self._say(connection, event, said)

    async def _say(self, connection: Connection, event: Event, said: Sequence[Sayable]) -> None:
        partition, caused_at = self.head.partition, event.recorded_at
        origin = origins.of_answers([self.entry])
        await journal.append(connection, self.service, said, partition=partition, caused_at=caused_at, origin=origin)

    async def _hold(self, connection: Connection) -> None:
        if await positions.hold(connection, self.service, self.head) != self.entry.seq - 1:
            raise Overtaken(f"{self.head.lane} {self.head.partition} has passed {self.entry.seq}.")

    async def _halved(self, people: Sequence[str], error: Exception) -> list[Sequence[str]]:
        if len(people) > 1:
            middle = len(people) // 2
            return [people[:middle], people[middle:]]
        async with transaction(self.pool, self.service) as connection:
            await self._hold(connection)
            place = parking.Place(self.service, self.head, self.entry.seq)
            await parking.park(connection, place, people[0], error, self.limits)
        return []
