"""What does ingest need to be tried against a real database?"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date

import pytest

from services.ingest import tables
from services.ingest.desk import Desk
from services.ingest.reading import Reader
from services.ingest.worker import work
from shared.plumbing.database import open_pool
from shared.plumbing.keys import write_private
from shared.plumbing.settings import Settings
from tests.ingest_service.office import Office
from tests.web.conftest import Ask, speak, system_hash
from waymark.preparation import TOKEN_HASH
from waymark.web import installed

__all__ = ["speak", "system_hash"]


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


@pytest.fixture
async def ask(
    settings: Settings, office: Office, system_hash: str, speak: Callable[..., Awaitable[Ask]]
) -> AsyncIterator[Ask]:
    """The whole API over HTTP, with somebody who checks what is sent."""
    write_private(settings.keys_dir / TOKEN_HASH, system_hash)
    working = asyncio.create_task(work(settings, office.desk.pool))
    async with installed(settings.model_copy(update={"kafka_bootstrap": "127.0.0.1:9"})) as app:
        yield await speak(app)
    working.cancel()
    await asyncio.wait([working])
