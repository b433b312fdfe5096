"""How do several services' tables look at one and the same moment?"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from shared.plumbing.database import Connection, open_pool
from shared.plumbing.settings import Settings


@asynccontextmanager
async def one_snapshot(settings: Settings, services: Sequence[str]) -> AsyncIterator[Mapping[str, Connection]]:
    """A read-only connection under each service's role, all of them seeing what the first saw when it began."""
    async with AsyncExitStack() as stack:
        found: dict[str, Connection] = {}
        moment: str | None = None
        for service in services:
            pool = await stack.enter_async_context(await open_pool(settings, service))
            connection = await stack.enter_async_context(pool.acquire())
            await stack.enter_async_context(connection.transaction(isolation="repeatable_read", readonly=True))
            if moment is None:
                moment = await connection.fetchval("SELECT pg_export_snapshot()")
            else:
                await connection.execute(f"SET TRANSACTION SNAPSHOT '{moment}'")
            await connection.execute("SET LOCAL statement_timeout = 0")
            await connection.execute("SELECT bus.look_as($1)", service)
            found[service] = connection
        yield found
