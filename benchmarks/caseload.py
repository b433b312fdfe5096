"""How does a benchmark come to a county that a service has known since May?"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain

from benchmarks import county_files
from benchmarks.county_files import CAMPAIGN, Sent
from benchmarks.databases import Server
from benchmarks.office import an_office
from shared.plumbing.settings import Settings
from waymark.embedded import postgres

STARTS_ON, FREEZES_ON, STANDS_ON = date(CAMPAIGN, 5, 20), date(CAMPAIGN, 6, 1), date(CAMPAIGN, 9, 10)

Apply = Callable[[Settings], object]
"""Brings every service up to what was said; how is the benchmark's affair."""


def settled(settings: Settings) -> None:
    """In this process, one service after another."""

    async def work() -> None:
        async with an_office(settings) as office:
            await office.apply_all()

    asyncio.run(work())


def make(
    server: Server,
    people: int,
    *,
    database: str = postgres.DATABASE,
    apply: Apply = settled,
    before_offers: Sequence[Sent] = (),
) -> Settings:
    """Cohorts and offers of May, frozen on 1 June, as it stands on 10 September: nobody is enrolled yet."""
    settings = asyncio.run(server.make(STARTS_ON, database))
    asyncio.run(say(settings, people, before_offers))
    apply(settings)
    asyncio.run(server.say("VACUUM ANALYZE", database=database))
    return settings


async def say(settings: Settings, people: int, before_offers: Sequence[Sent] = ()) -> None:
    """The journal as the county makes it through the front door, but for the door."""
    async with an_office(settings, ("ingest",)) as office:
        files = chain(
            county_files.directories(people), county_files.cohorts(people), before_offers, county_files.offers(people)
        )
        await office.take_in(files)
        await office.advance(FREEZES_ON)
        await office.freeze(CAMPAIGN)
        await office.advance(STANDS_ON)
