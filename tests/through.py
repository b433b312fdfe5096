"""How does a test lead what ingest would say through the other services, on the real database and without a bus?"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date

from services.outreach.__main__ import HEARS as OUTREACH_HEARS
from services.reporting.__main__ import HEARS as REPORTING_HEARS
from services.status import tables
from services.status.__main__ import hears
from services.status.handlers import Handlers
from shared.domain.events import Event
from shared.domain.topics import PARTITIONS
from shared.plumbing import journal
from shared.plumbing.database import Pool, open_pool, transaction
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Mailbox
from shared.plumbing.settings import Settings
from shared.plumbing.turns import Hears

Pools = Mapping[str, Pool]
Acts = Iterable[tuple[date, Sequence[Event]]]
"""What each act says, with its business date, in order."""
SERVICES = ("ingest", "status", "reporting", "outreach")
READS = (("status", "evidence"), ("reporting", "decisions"), ("outreach", "decisions"))


@asynccontextmanager
async def all_pools(settings: Settings) -> AsyncIterator[Pools]:
    async with AsyncExitStack() as stack:
        yield {name: await stack.enter_async_context(await open_pool(settings, name)) for name in SERVICES}


async def say(pools: Pools, acts: Acts, put: Callable[[date], Awaitable[None]]) -> None:
    """Journals each act in one transaction on its business date; `put` is the fixture `simulate`."""
    today: date | None = None
    for day, events in acts:
        if day != today:
            await put(day)
            today = day
        if events:
            async with transaction(pools["ingest"], "ingest") as connection:
                await journal.append(connection, "ingest", events)


async def catch_up(pools: Pools, authorities: Iterable[str] = ("860",)) -> None:
    """Status, then those who hear it, apply all that was said."""
    heard: Mapping[str, Hears] = {
        "status": hears(Handlers(tables.load(), frozenset(authorities))),
        "reporting": REPORTING_HEARS,
        "outreach": OUTREACH_HEARS,
    }
    for service, lane in READS:
        mailbox, pool = Mailbox(service, heard[service], pools[service]), pools[service]
        for partition in range(PARTITIONS):
            end = await pool.fetchval("SELECT seq FROM bus.head WHERE lane = $1 AND partition = $2", lane, partition)
            await mailbox.catch_up(Head(lane, partition), end)
