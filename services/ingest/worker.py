"""How do submissions come to their verdicts beside the reading of the bus, one after another whoever may be killed?"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from services.ingest import calendar_days, submissions, tables, telling, withdrawals
from services.ingest.acts import SERVICE, sql
from services.ingest.desk import Desk
from services.ingest.domain.contents import Parsed
from services.ingest.domain.problems import Refusal
from services.ingest.reading import FAULT_OF_OURS, Reader
from services.ingest.submissions import Checking, Given
from shared.plumbing import clock
from shared.plumbing.database import Connection, Pool, transaction
from shared.plumbing.faults import is_transient, persistently, where_it_arose
from shared.plumbing.process import until_first
from shared.plumbing.settings import Settings

LOG: Final = logging.getLogger(__name__)
LOOK_EVERY: Final = 1.0
"""Seconds: what nobody was told of is found then, and so is a new day."""


async def work(settings: Settings, pool: Pool) -> None:
    """Runs until it is cancelled, beside the reading of the bus."""
    telling.begin()
    desk, reader = Desk(pool, tables.load(), settings.authorities), Reader()
    try:
        await until_first(_check(desk, reader), desk.following.run())
    finally:
        reader.close()


async def _check(desk: Desk, reader: Reader) -> None:
    while True:
        await persistently(lambda: _while_connected(desk, reader))


async def _while_connected(desk: Desk, reader: Reader) -> None:
    """Checks what is sent and says the days that pass; of several processes the one whose connection has the lock."""
    async with desk.pool.acquire() as connection:
        news, is_ours = asyncio.Event(), False

        def hear(*_: object) -> None:
            news.set()

        await connection.add_listener("submission", hear)
        try:
            while not connection.is_closed():
                news.clear()
                if await connection.fetchval(sql("is_our_turn")):
                    await reader.begin()
                    if not is_ours:
                        await desk.following.take_over()
                        is_ours = True
                    await calendar_days.notice(desk.pool)
                    while await check_next(desk, reader):
                        pass
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), LOOK_EVERY)
        finally:
            await _let_go(connection, hear)


async def check_next(desk: Desk, reader: Reader) -> bool:
    """Takes back what is asked for, then gives the submission that was sent first its verdict; False: nothing waits."""
    if await withdrawals.withdraw_next(desk):
        return True
    began = clock.monotonic()
    async with transaction(desk.pool, SERVICE) as connection:
        submission = await submissions.next_checking(connection)
        if submission is None:
            return False
        content = await connection.fetchval(sql("file_of"), submission.submission_id)
        today = await connection.fetchval("SELECT bus.today()")
        providers = await desk.known_providers(connection)
        version = desk.version
    read = await reader.read(
        content, submission.feed, today, campaign=submission.campaign, providers=providers, version=version
    )
    if given := await _conclude(desk, submission, read):
        telling.verdict_given(submission, given, desk.following, seconds=clock.monotonic() - began)
    return True


async def _conclude(desk: Desk, submission: Checking, read: Parsed | Refusal) -> Given | None:
    """A file that makes us fail is refused, whole, so that those after it have their turn."""
    try:
        return await submissions.conclude(desk, submission, read)
    except Exception as error:
        if is_transient(error):
            raise
        told = {"submission_id": submission.submission_id}
        LOG.error("A submission could not be accepted: %s.", where_it_arose(error), extra=told)
        return await submissions.conclude(desk, submission, FAULT_OF_OURS)


async def _let_go(connection: Connection, hear: Callable[..., None]) -> None:
    if not connection.is_closed():
        await connection.remove_listener("submission", hear)
        await connection.execute(sql("give_up_turn"))
