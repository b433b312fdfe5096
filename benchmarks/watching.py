"""How far is everything at each moment, as seen from outside of all services?"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from benchmarks.queries_of import sql
from shared.plumbing.database import Connection
from shared.plumbing.journal import Head

EVERY: Final = 0.005

Places = Mapping[tuple[str, Head], int]


@dataclass(frozen=True, slots=True)
class Sight:
    """Where every head (under the reader ``) and every reader stood, in one snapshot."""

    at: datetime
    places: Places

    def head(self, head: Head) -> int:
        return self.places["", head]

    @property
    def is_settled(self) -> bool:
        """Has every reader applied all that was said?"""
        return all(seq >= self.head(head) for (reader, head), seq in self.places.items() if reader)

    def said(self, lane: str) -> int:
        """How much was ever said on a lane."""
        return sum(seq for (reader, head), seq in self.places.items() if not reader and head.lane == lane)


async def look(connection: Connection) -> Sight:
    rows = await connection.fetch(sql("places"))
    return Sight(rows[0]["at"], {(row["reader"], Head(row["lane"], row["partition"])): row["seq"] for row in rows})


async def watch(connection: Connection, until: Callable[[Sight], bool], *, within: float) -> list[Sight]:
    """Every sight that differs from the one before it, to the first of which `until` holds."""
    seen = [await look(connection)]
    deadline = seen[0].at.timestamp() + within
    while not until(seen[-1]):
        await asyncio.sleep(EVERY)
        sight = await look(connection)
        if sight.at.timestamp() > deadline:
            raise TimeoutError("What was sent has not passed through in time.")
        if sight.places != seen[-1].places:
            seen.append(sight)
    return seen


def reached_at(sights: Sequence[Sight], reader: str, head: Head, seq: int) -> datetime:
    """When a reader was first seen to have applied a number of a head."""
    at = bisect_left(sights, seq, key=lambda sight: sight.places[reader, head])
    return sights[at].at


def first_beyond(sights: Sequence[Sight], before: Sight, lane: str) -> datetime:
    """When anything more was first seen to be said on a lane."""
    return next(sight.at for sight in sights if sight.said(lane) > before.said(lane))
