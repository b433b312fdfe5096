"""How does the queue come to stand in the order of this release's points, when another release made it?"""

import asyncio
from functools import partial

from services.outreach.entries import weigh_again
from services.outreach.store import sql
from services.outreach.tables import points_fingerprint
from shared.plumbing.chunks import CHUNK
from shared.plumbing.database import Pool, snapshot, transaction
from shared.plumbing.faults import persistently
from shared.plumbing.settings import Settings


async def keep_in_order(_: Settings, pool: Pool) -> None:
    """Work beside: orders once, then rests until it is cancelled."""
    await order(pool)
    await asyncio.Event().wait()


async def order(pool: Pool) -> None:
    """Weighs again what stands by another table of points."""
    for partition in await persistently(partial(_ordered_otherwise, pool)):
        await _order(pool, partition)


async def _ordered_otherwise(pool: Pool) -> list[int]:
    async with snapshot(pool, "outreach") as connection:
        rows = await connection.fetch(sql("ordered_otherwise"), points_fingerprint())
        return [row["partition"] for row in rows]


async def _order(pool: Pool, partition: int) -> None:
    """A few people a transaction, and who joins meanwhile is weighed as they come."""
    people = await persistently(partial(_standing, pool, partition))
    for at in range(0, len(people), CHUNK):
        await persistently(partial(_weigh, pool, partition, people[at : at + CHUNK]))
    await persistently(partial(_note, pool, partition))


async def _standing(pool: Pool, partition: int) -> list[str]:
    async with snapshot(pool, "outreach") as connection:
        rows = await connection.fetch(sql("entries_of_partition"), partition)
        return [row["young_person_id"] for row in rows]


async def _weigh(pool: Pool, partition: int, people: list[str]) -> None:
    async with transaction(pool, "outreach") as connection:
        await weigh_again(connection, partition, people)


async def _note(pool: Pool, partition: int) -> None:
    async with transaction(pool, "outreach") as connection:
        await connection.execute(sql("ordered_by"), partition, points_fingerprint())
