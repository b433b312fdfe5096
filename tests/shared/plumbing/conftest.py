"""Which services' pools do tests of the bus open?"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest

from shared.plumbing.database import Pool, open_pool
from shared.plumbing.settings import Settings
from tests.conftest import Broker

OpenPool = Callable[[str], Awaitable[Pool]]


@pytest.fixture
async def pool_of(settings: Settings) -> AsyncIterator[OpenPool]:
    """`await pool_of("status")`: a pool of that service, closed when the test ends."""
    pools: dict[str, Pool] = {}
    async with AsyncExitStack() as open_pools:

        async def of(service: str) -> Pool:
            if service not in pools:
                pools[service] = await open_pools.enter_async_context(await open_pool(settings, service))
            return pools[service]

        yield of


@pytest.fixture
def frail(broker: Broker) -> Iterator[Broker]:
    """The broker, for a test that kills it: what such a test starts ends with the test's own thread."""
    yield broker
    broker.kill()
