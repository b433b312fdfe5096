"""Are statements found by name, and does a snapshot see one moment and write nothing?"""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from shared.plumbing.database import Pool, _named, queries, snapshot

OpenPool = Callable[[str], Awaitable[Pool]]


async def test_every_named_query_of_the_bus_prepares(pool_of: OpenPool) -> None:
    async with (await pool_of("outreach")).acquire() as connection:
        for name, sql in queries("shared.plumbing").items():
            if not name.startswith("relay_"):
                await connection.prepare(sql)


def test_a_query_says_what_it_does() -> None:
    with pytest.raises(ValueError, match="lonely needs a line"):
        _named("-- name: lonely\nSELECT 1;", "lonely.sql")


async def test_a_snapshot_writes_nothing(pool_of: OpenPool) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with snapshot(await pool_of("status"), "status") as connection:
            await connection.execute("UPDATE bus.position SET seq = 1 WHERE reader = 'status'")


async def test_documents_come_back_as_they_went(pool_of: OpenPool) -> None:
    given = {"rows": [1, None, "three"], "é": True}
    assert await (await pool_of("status")).fetchval("SELECT $1::jsonb", given) == given
