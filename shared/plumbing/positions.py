"""How far has a reader applied a head, and who may move it on?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from shared.plumbing.database import Connection, Pool, queries
from shared.plumbing.journal import Head

ASK_AGAIN_AFTER: Final = 0.1


async def hold(connection: Connection, reader: str, head: Head) -> int:
    """The reader's position, locked until the transaction ends: whoever holds it owns the partition."""
    found: int | None = await connection.fetchval(queries("shared.plumbing")["hold_position"], reader, *head)
    if found is None:
        raise LookupError(f"{reader} does not read {head.lane}.")
    return found


async def move(connection: Connection, reader: str, head: Head, seq: int) -> None:
    """Everything up to `seq` is applied; to be called in the transaction that holds the effects."""
    await connection.execute(queries("shared.plumbing")["move_position"], reader, *head, seq)


async def is_free(pool: Pool, reader: str, head: Head) -> bool:
    """Is nobody at work on the head at this moment? A hint, so as not to queue behind who is."""
    return bool(await pool.fetchval(queries("shared.plumbing")["free_position"], reader, *head))


@asynccontextmanager
async def passage(pool: Pool, reader: str, head: Head, before: int) -> AsyncIterator[bool]:
    """Keeps every other process from taking the event after `before` through in chunks; False once one has done so.

    The lock is the session's: it is given back with the connection, or when this process dies.
    """
    sql = queries("shared.plumbing")
    while True:
        async with pool.acquire() as connection:
            if await connection.fetchval(sql["position"], reader, *head) != before:
                yield False
                return
            if await connection.fetchval(sql["begin_passage"], reader, *head):
                yield True
                return
        await asyncio.sleep(ASK_AGAIN_AFTER)
