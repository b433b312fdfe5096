"""Do status and reporting, on a real database, hold what the pure rules decide, whatever the size of a batch?"""

from collections.abc import Awaitable, Callable
from datetime import date
from itertools import groupby
from pathlib import Path

import asyncpg
import pytest

from services.reporting.__main__ import HEARS as REPORTING_HEARS
from services.status import tables
from services.status.__main__ import hears
from services.status.domain.decide import decide
from services.status.domain.facets import facets
from services.status.handlers import Handlers
from shared.domain.topics import PARTITIONS
from shared.plumbing import journal
from shared.plumbing.database import open_pool, transaction
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Hears, Mailbox
from shared.plumbing.settings import Settings
from tests.county.played import AUTHORITIES, Played, played

SAMPLE = Path(__file__).parents[1] / "data" / "sample-county"


@pytest.fixture(scope="module")
def county() -> Played:
    return played(SAMPLE)


async def say(pool: asyncpg.Pool, county: Played, put: Callable[[date], Awaitable[None]]) -> None:
    """Journals everything that ingest would say, each act in one transaction on its business date."""
    for day, acts in groupby(county.log, key=lambda act: act[0]):
        await put(day)
        for _, events in acts:
            if events:
                async with transaction(pool, "ingest") as connection:
                    await journal.append(connection, "ingest", events)


async def catch_up(settings: Settings, service: str, heard: Hears, lane: str) -> None:
    async with await open_pool(settings, service) as pool:
        mailbox = Mailbox(service, heard, pool)
        for partition in range(PARTITIONS):
            end = await pool.fetchval("SELECT seq FROM bus.head WHERE lane = $1 AND partition = $2", lane, partition)
            await mailbox.catch_up(Head(lane, partition), end)


async def test_cases_in_the_database_are_decided_as_in_memory(
    settings: Settings, simulate: Callable[[date], Awaitable[None]], county: Played
) -> None:
    async with await open_pool(settings, "ingest") as pool:
        await say(pool, county, simulate)
    await catch_up(settings, "status", hears(Handlers(tables.load(), frozenset(AUTHORITIES))), "evidence")
    await catch_up(settings, "reporting", REPORTING_HEARS, "decisions")
    async with await open_pool(settings, "status") as pool, transaction(pool, "status") as connection:
        stored = {row["young_person_id"]: row["facets"] for row in await connection.fetch("SELECT * FROM person_case")}
    now = county.control(county.returns[-1][0])
    assert stored.keys() == county.cases.keys()
    for person, case in county.cases.items():
        assert journal_json(stored[person]) == facets(decide(case, now)), person


def journal_json(text: str) -> object:
    from pydantic_core import from_json

    return from_json(text)
