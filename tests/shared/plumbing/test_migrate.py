"""Does a database come to what this release needs, twice as well as once, with each role doing only its own?"""

from collections.abc import Awaitable, Callable
from datetime import date

import asyncpg
import pytest

from shared.domain.topics import LANES, PARTITIONS
from shared.plumbing.database import Pool, transaction
from shared.plumbing.migrate import SERVICES, MigrationRefused, migrate, refuse_an_older_server
from shared.plumbing.settings import OWNER, Settings

OpenPool = Callable[[str], Awaitable[Pool]]


async def test_migrating_again_changes_nothing(settings: Settings) -> None:
    owner = await asyncpg.connect(**settings.connection(OWNER))
    first = await owner.fetch("SELECT name, applied_at FROM bus.migration ORDER BY name")
    await migrate(settings, starts_on=date(2026, 5, 1))
    assert await owner.fetch("SELECT name, applied_at FROM bus.migration ORDER BY name") == first
    assert await owner.fetchval("SELECT simulated FROM bus.clock") is False
    await owner.close()


async def test_a_new_database_begins_on_the_day_that_is_given(empty_settings: Settings) -> None:
    await migrate(empty_settings, starts_on=date(2026, 5, 1))
    owner = await asyncpg.connect(**empty_settings.connection(OWNER))
    assert await owner.fetchval("SELECT bus.today()") == date(2026, 5, 1)
    assert (await owner.fetchval("SELECT bus.now()")).isoformat() == "2026-04-30T23:00:00+00:00"
    await owner.close()


async def test_the_bus_has_the_lanes_writers_and_readers_of_the_topics(pool_of: OpenPool) -> None:
    pool = await pool_of("status")
    assert dict(await pool.fetch("SELECT lane, writer FROM bus.lane")) == {n: lane.writer for n, lane in LANES.items()}
    readers = {(r, name, p) for name, lane in LANES.items() for r in lane.readers for p in range(PARTITIONS)}
    assert {tuple(row) for row in await pool.fetch("SELECT reader, lane, partition FROM bus.position")} == readers


REFUSED = {
    "what another says": ("status", "SELECT * FROM bus.stamp('{evidence}', '{0}', '{1}')"),
    "another's journal": ("outreach", "INSERT INTO bus.journal_decisions SELECT * FROM bus.journal"),
    "the journal's past": ("ingest", "UPDATE bus.journal SET payload = '{}'"),
    "heads": ("ingest", "UPDATE bus.head SET seq = 0"),
    "personal details": ("status", "SELECT * FROM bus.detail_journal"),
    "the clock": ("outreach", "SELECT bus.advance('2030-01-01')"),
    "the lineage": ("ingest", "UPDATE bus.lineage SET nonce = gen_random_uuid()"),
    "another's schema": ("reporting", "CREATE TABLE status.mine (n int)"),
    "a schema of one's own": ("status", "CREATE SCHEMA mine"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_a_service_is_refused(what: str, pool_of: OpenPool) -> None:
    service, statement = REFUSED[what]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await (await pool_of(service)).execute(statement)


async def test_a_service_moves_no_position_but_its_own(pool_of: OpenPool) -> None:
    pool = await pool_of("outreach")
    assert await pool.execute("UPDATE bus.position SET seq = 9 WHERE reader = 'status'") == "UPDATE 0"
    assert await pool.execute("UPDATE bus.position SET seq = 0 WHERE reader = 'outreach'") == "UPDATE 24"


@pytest.mark.parametrize("service", SERVICES)
async def test_each_service_works_in_its_present_generation(service: str, pool_of: OpenPool) -> None:
    async with transaction(await pool_of(service), service) as connection:
        assert await connection.fetchval("SHOW search_path") == f"{service}_g1, {service}, bus"


def test_an_older_server_is_refused_with_a_sentence() -> None:
    with pytest.raises(MigrationRefused, match="needs PostgreSQL 18 or later; this server is PostgreSQL 17"):
        refuse_an_older_server(17)
