"""How does a process of a service run: what it hears, what it does beside, how it is watched and how it ends?"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Final

from shared.domain.topics import lanes_heard_by
from shared.plumbing.catching_up import CatchingUp
from shared.plumbing.database import Pool, open_pool, queries
from shared.plumbing.faults import persistently
from shared.plumbing.health import health_server
from shared.plumbing.mailbox import Mailbox
from shared.plumbing.metrics import (
    BEHIND_SECONDS,
    DEAD_LETTERS,
    EVENTS,
    JOURNAL_READS,
    LABELS,
    PARCELS,
    PARKED,
    begin_at_zero,
    labels,
)
from shared.plumbing.process import main, told_to_stop, until_first
from shared.plumbing.reader import Reader
from shared.plumbing.settings import Settings
from shared.plumbing.turns import Hears

COUNT_EVERY: Final = 5.0

Beside = Callable[[Settings, Pool], Coroutine[Any, Any, None]]
"""Work of a service that no event starts; runs until it is cancelled."""


def run(service: str, hears: Hears, *beside: Beside) -> None:
    """The whole life of a service's process; for its `__main__`."""
    main(service, partial(serve, service, hears, beside))


async def serve(
    service: str, hears: Hears, beside: tuple[Beside, ...], settings: Settings, stopping: asyncio.Event
) -> None:
    """Reads until `stopping` is set; raises what none of its parts can go on from."""
    pool = await persistently(lambda: open_pool(settings, service))
    reader = Reader(settings, Mailbox(service, hears, pool))

    async def database() -> bool:
        return bool(await pool.fetchval("SELECT true"))

    async def bus() -> bool:
        return bool(reader.holding.assigned)

    async with pool, health_server(settings, service, {"database": database, "bus": bus}):
        await until_first(
            told_to_stop(stopping),
            reader.listen_on(),
            reader.holding.keep(),
            CatchingUp(reader).run(),
            _keep_counting(service, pool),
            *(work(settings, pool) for work in beside),
        )


async def _keep_counting(service: str, pool: Pool) -> None:
    sql, label = queries("shared.plumbing"), labels(reader=service)
    own = {"reader": [service], "lane": lanes_heard_by(service)}
    begin_at_zero(JOURNAL_READS, **own)
    begin_at_zero(EVENTS, **own)
    begin_at_zero(PARCELS, **own, outcome=LABELS["outcome"])
    while True:
        behind = await persistently(lambda: pool.fetch(sql["behind_heads"], service))
        BEHIND_SECONDS.labels(**label).set(max((row["seconds"] for row in behind), default=0))
        PARKED.labels(**label).set(await persistently(lambda: pool.fetchval(sql["count_parked"], service)))
        DEAD_LETTERS.labels(**label).set(await persistently(lambda: pool.fetchval(sql["count_dead_letters"], service)))
        await asyncio.sleep(COUNT_EVERY)
