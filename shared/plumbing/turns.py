"""What does one transaction of a reader apply, and what has it to say in the end?"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from shared.domain.events import Event
from shared.domain.written import Sayable
from shared.plumbing import parking
from shared.plumbing.chunks import CHUNK, Chunked
from shared.plumbing.database import Connection
from shared.plumbing.journal import Head

Handler = Callable[[Connection, Sequence[Event]], Awaitable[Sequence[Sayable]]]
"""Applies events of one partition, in order, and returns what the service says to them; it never sends."""

Hears = Mapping[type[Event], Handler | Chunked]


@dataclass(slots=True)
class Turn:
    """Consecutive events for one handler are one call; a control event that moves few people is applied among them."""

    connection: Connection
    service: str
    head: Head
    hears: Hears
    room: int = CHUNK
    said: list[Sayable] = field(default_factory=list)

    async def hear(self, numbered: Sequence[tuple[int, Event]]) -> int | None:
        """Applies events in order; the number of the first that moves more people than there is room for, if any."""
        for handler, run in groupby(numbered, key=lambda one: self.hears[type(one[1])]):
            if not isinstance(handler, Chunked):
                self.said += await handler(self.connection, [event for _, event in run])
                continue
            for number, event in run:
                if not await self._whole(handler, event):
                    return number
        return None

    async def _whole(self, chunked: Chunked, event: Event) -> bool:
        people = await chunked.plan(self.connection, event)
        parked = await parking.among(self.connection, self.service, self.head, people)
        moved = [person for person in people if person not in parked]
        if len(moved) > self.room:
            return False
        self.room -= len(moved)
        self.said += await chunked.whole(self.connection, event, moved)
        return True
