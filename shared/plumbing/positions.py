"""How far has a reader applied a head, and who may move it on?"""

from shared.plumbing.database import Connection, Pool, queries
from shared.plumbing.journal import Head


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
    """Does nobody hold the reader's position at this moment? A hint, so as not to queue behind who is at work."""
    return bool(await pool.fetchval(queries("shared.plumbing")["free_position"], reader, *head))
