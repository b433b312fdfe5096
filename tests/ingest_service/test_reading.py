"""Is a file read where it can harm nobody?"""

import os
import signal
from datetime import date

from services.ingest.domain.contents import Parsed
from services.ingest.domain.problems import Refusal
from services.ingest.domain.providers import Providers
from services.ingest.reading import TOO_MUCH, Reader
from shared.domain.vocabulary import Feed
from tests.ingest_service.files import UPNS, cohort

ANN = cohort(f"{UPNS[0]},,Aldric,Ann,2010-01-01,ST90 1FZ").encode()


async def read(reader: Reader, content: bytes = ANN) -> Parsed | Refusal:
    today = date(2026, 5, 1)
    return await reader.read(content, Feed.COHORT, today, campaign=None, providers=Providers(), version=0)


async def test_a_child_that_was_killed_is_replaced_and_asked_again(file_reader: Reader) -> None:
    assert isinstance(await read(file_reader), Parsed)
    child = file_reader.child
    assert child is not None
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert isinstance(await read(file_reader), Parsed)
    assert file_reader.child is not child


async def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(file_reader: Reader) -> None:
    file_reader.seconds, usual = 0.0, file_reader.seconds
    long = cohort(*["H860200015034,,Aldric,Ann,2010-01-01,ST90 1FZ"] * 20_000).encode()
    assert await read(file_reader, long) == TOO_MUCH
    file_reader.seconds = usual
    assert isinstance(await read(file_reader), Parsed)


async def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    reader = Reader(memory=600 * 1024 * 1024)
    row = f"{UPNS[0]},,Aldric,Ann,2010-01-01,ST90 1FZ"
    assert await read(reader, cohort(*[row] * 900_000).encode()) == TOO_MUCH
    reader.close()
