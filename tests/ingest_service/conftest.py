"""What does ingest need to be tried against a real database?"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date

import pytest

from services.ingest import tables
from services.ingest.desk import Desk
from services.ingest.reading import Reader
from shared.plumbing.database import open_pool
from shared.plumbing.settings import Settings
from tests.ingest_service.office import Office


@pytest.fixture(scope="session")
def file_reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.fixture
async def office(
    settings: Settings, simulate: Callable[[date], Awaitable[None]], file_reader: Reader
) -> AsyncIterator[Office]:
    """Ingest on 1 May 2026, with nothing in it."""
    await simulate(date(2026, 5, 1))
    async with await open_pool(settings, "ingest") as pool:
        yield Office(Desk(pool, tables.load(), ("860",)), file_reader)
