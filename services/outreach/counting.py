"""How many young people are in the queue, why and of which campaign, for those who watch the system?"""

import asyncio
from typing import Final

from services.outreach.queue import length
from shared.plumbing.database import Pool, snapshot
from shared.plumbing.faults import persistently
from shared.plumbing.metrics import QUEUE, labels
from shared.plumbing.settings import Settings

COUNT_EVERY: Final = 5.0

Counts = dict[tuple[int, str], int]
"""By campaign and need."""


async def count_queue(settings: Settings, pool: Pool) -> None:
    """Counts until it is cancelled, in the first of several processes alone: they have one queue."""
    seen: Counts = {}
    while settings.worker == 0:
        found = await persistently(lambda: _counted(pool))
        seen = dict.fromkeys(seen, 0) | found
        for (campaign, need), people in seen.items():
            QUEUE.labels(**labels(need=need, campaign=campaign)).set(people)
        await asyncio.sleep(COUNT_EVERY)
    await asyncio.Event().wait()


async def _counted(pool: Pool) -> Counts:
    async with snapshot(pool, "outreach") as connection:
        return await length(connection)
