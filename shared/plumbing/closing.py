"""How does the watermark go on when nobody says anything?"""

import asyncio
from contextlib import suppress
from typing import Final

from shared.plumbing import clock
from shared.plumbing.database import Pool, queries
from shared.plumbing.faults import persistently

EVERY: Final = 0.2
WHEN_QUIET: Final = 1.0
QUIET_AFTER: Final = 5.0


async def keep_closing(pool: Pool, news: asyncio.Event) -> None:
    """Closes heads five times a second, once a second when nothing has been said for a while; runs until cancelled.

    `news` is set by who hears that something was said, and cleared here.
    """
    busy_until = clock.monotonic() + QUIET_AFTER
    while True:
        await persistently(lambda: pool.execute(queries("shared.plumbing")["close"]))
        if news.is_set():
            news.clear()
            busy_until = clock.monotonic() + QUIET_AFTER
        await asyncio.sleep(EVERY)
        if clock.monotonic() > busy_until:
            with suppress(TimeoutError):
                async with asyncio.timeout(WHEN_QUIET):
                    await news.wait()
