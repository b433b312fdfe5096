"""Which services' pools do tests of the bus open?"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from shared.plumbing.database import Pool, open_pool
from shared.plumbing.settings import Settings

OpenPool = Callable[[str], Awaitable[Pool]]


@pytest.fixture
async def pool_of(settings: Settings) -> AsyncIterator[OpenPool]:
    """`await pool_of("status")`: a pool of that service, closed when the test ends."""
    async with AsyncExitStack() as open_pools:

        async def opened(service: str) -> Pool:
            return await open_pools.enter_async_context(await open_pool(settings, service))

        yield opened
