"""How do the services do their work inside a benchmark: the very same code, without processes and without a bus?"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import uuid4

from benchmarks.county_files import Sent
from services.ingest import calendar_days, cohorts, submissions, tables
from services.ingest.acts import Asked
from services.ingest.desk import Desk
from services.ingest.domain.contents import Parsed, contents
from services.ingest.domain.problems import Refusal
from services.ingest.domain.sheet import read
from services.ingest.submissions import Checking
from services.outreach.__main__ import HEARS as OUTREACH_HEARS
from services.reporting.__main__ import HEARS as REPORTING_HEARS
from services.status import tables as status_tables
from services.status.__main__ import hears
from services.status.handlers import Handlers
from shared.domain.topics import PARTITIONS, lanes_heard_by
from shared.plumbing.database import Pool, open_pool
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Mailbox
from shared.plumbing.settings import OWNER, Settings
from shared.plumbing.turns import Hears

READERS: Final = ("status", "outreach", "reporting")
POOLS: Final = ("ingest", *READERS, OWNER)


class NotTakenIn(Exception):
    """A file of a benchmark was refused, so that nothing was measured: mend the benchmark."""


def heard(settings: Settings) -> Mapping[str, Hears]:
    """What each service does with what it hears; to be asked once, as it remembers."""
    deciding = hears(Handlers(status_tables.load(), frozenset(settings.authorities)))
    return {"status": deciding, "outreach": OUTREACH_HEARS, "reporting": REPORTING_HEARS}


@dataclass(frozen=True, slots=True)
class Office:
    """All services over one database."""

    settings: Settings
    pools: Mapping[str, Pool]
    desk: Desk
    heard: Mapping[str, Hears]

    async def read(self, sent: Sent) -> Parsed:
        async with self.pools["ingest"].acquire() as connection, connection.transaction():
            await connection.execute("SELECT bus.look_as('ingest')")
            today = await connection.fetchval("SELECT bus.today()")
            providers = await self.desk.known_providers(connection)
        sheet = read(sent.content, sent.feed, self.desk.tables)
        if isinstance(sheet, Refusal):
            raise NotTakenIn(sheet.message)
        return contents(sheet, self.desk.tables, today=today, campaign=sent.campaign, provider_of=providers.resolve)

    async def accept(self, sent: Sent, read_of_it: Parsed) -> None:
        """Matched, kept and said, in the transaction that is its acceptance."""
        pool, asked = self.pools["ingest"], Asked(uuid4(), "benchmark")
        one = submissions.Sent(sent.feed, sent.provider, sent.content, sent.campaign, sent.full)
        submission_id = await submissions.send(pool, one, asked)
        checking = Checking(submission_id, sent.feed, sent.provider, sent.campaign)
        await submissions.conclude(self.desk, checking, read_of_it)
        found = await pool.fetchrow(
            "SELECT state, unmatched + rejected AS left_out, problems FROM ingest.submission WHERE submission_id = $1",
            submission_id,
        )
        if found["state"] != "accepted" or found["left_out"]:
            raise NotTakenIn(f"{sent.feed} of {sent.provider}: {found['state']}, {found['left_out']} left out")

    async def take_in(self, files: Iterable[Sent]) -> None:
        for sent in files:
            await self.accept(sent, await self.read(sent))

    async def apply(self, service: str, partitions: Iterable[int] = range(PARTITIONS)) -> int:
        """Everything that a service has yet to apply, from the journal; answers how many events that was."""
        pool, applied = self.pools[service], 0
        mailbox = Mailbox(service, self.heard[service], pool)
        for lane in lanes_heard_by(service):
            for partition in partitions:
                row = await pool.fetchrow(
                    "SELECT h.seq, h.seq - p.seq AS waiting FROM bus.position AS p JOIN bus.head AS h"
                    " USING (lane, partition) WHERE reader = $1 AND lane = $2 AND partition = $3",
                    service, lane, partition,
                )  # fmt: skip
                await mailbox.catch_up(Head(lane, partition), row["seq"])
                applied += row["waiting"]
        return applied

    async def apply_all(self) -> None:
        for service in READERS:
            await self.apply(service)

    async def advance(self, to: date) -> None:
        await calendar_days.advance(self.pools["ingest"], to, Asked(uuid4(), "benchmark"))

    async def freeze(self, campaign: int) -> None:
        await cohorts.freeze(self.pools["ingest"], campaign, Asked(uuid4(), "benchmark"))


@asynccontextmanager
async def an_office(settings: Settings, pools: Sequence[str] = POOLS) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        opened = {name: await stack.enter_async_context(await open_pool(settings, name)) for name in pools}
        yield Office(settings, opened, Desk(opened["ingest"], tables.load(), settings.authorities), heard(settings))


def apply_in(settings: Settings, service: str, partitions: Sequence[int]) -> int:
    """For a process of its own: some partitions of one service."""

    async def work() -> int:
        async with an_office(settings, ("ingest", service)) as office:
            return await office.apply(service, partitions)

    return asyncio.run(work())
