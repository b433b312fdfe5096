"""Where is a file that was accepted: how far have the post and the services got with it, and after how many seconds?"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from services.ingest.acts import SERVICE, sql
from shared.plumbing import clock
from shared.plumbing.database import Pool, snapshot
from shared.plumbing.faults import persistently

LOG: Final = logging.getLogger(__name__)
LOOK_EVERY: Final = 0.2

STAGES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "relay": ("What it says is on the bus.", ("relay",)),
    "status": ("Everyone in it is decided on.", ("status",)),
    "outreach": ("The queue is up to date with it.", ("status", "outreach")),
    "reporting": ("The figures are up to date with it.", ("status", "reporting")),
}
"""What each of them has done with it, and whose work lies before that."""

FirstLeft = Mapping[str, datetime]
"""The moment of the first thing that somebody has yet to do; who has nothing to do is not in it."""


@dataclass(slots=True)
class Followed:
    submission_id: UUID
    number: int
    recorded_at: datetime
    since: float | None
    before: set[str] = field(default_factory=lambda: set(STAGES))

    def passes(self, left: FirstLeft) -> list[str]:
        """The stages that now lie behind it and did not before."""
        through = {who for who in STAGES if who not in left or left[who] > self.recorded_at}
        passed = [stage for stage, (_, needed) in STAGES.items() if stage in self.before and through.issuperset(needed)]
        self.before.difference_update(passed)
        return passed


@dataclass(slots=True)
class Following:
    """Every submission from its acceptance or withdrawal until it has passed through every service."""

    pool: Pool
    on_their_way: list[Followed] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def follow(self, submission_id: UUID, number: int, recorded_at: datetime) -> None:
        self.on_their_way.append(Followed(submission_id, number, recorded_at, clock.monotonic()))
        self.news.set()

    async def take_over(self) -> None:
        """Goes on with those that were on their way when the process that followed them ended."""
        left = await self._first_left()
        if left and not self.on_their_way:
            async with snapshot(self.pool, SERVICE) as connection:
                rows = await connection.fetch(sql("acts_since"), min(left.values()))
            self.on_their_way = [
                Followed(row["submission_id"], row["number"], row["recorded_at"], since=None) for row in rows
            ]
            self.news.set()

    async def run(self) -> None:
        """Says one line a stage of each, until it is cancelled; asks the database only while something is under way."""
        while True:
            await self.news.wait()
            self.news.clear()
            while self.on_their_way:
                self._look(await persistently(self._first_left))
                await asyncio.sleep(LOOK_EVERY)

    async def _first_left(self) -> FirstLeft:
        return {row["who"]: row["moment"] for row in await self.pool.fetch(sql("first_left"))}

    def _look(self, left: FirstLeft) -> None:
        now = clock.monotonic()
        for one in self.on_their_way:
            told: dict[str, object] = {"submission_id": one.submission_id, "number": one.number}
            if one.since is not None:
                told["seconds"] = round(now - one.since, 1)
            for stage in one.passes(left):
                LOG.info(STAGES[stage][0], extra=told | {"reader": stage})
        self.on_their_way = [one for one in self.on_their_way if one.before]
