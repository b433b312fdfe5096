"""How does a process of ours begin, hear that it shall stop, and leave?"""

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, Final

from shared.plumbing.faults import where_it_arose
from shared.plumbing.keys import KeyRefused
from shared.plumbing.logs import start_logging
from shared.plumbing.settings import Settings, SettingsRefused

CANNOT_BE_USED, COULD_NOT_BE_DONE = 2, 3

COLLECTS: Final = (200_000, 20, 20)
"""We hold hundreds of thousands of small things without a cycle: looking for cycles took a third of the time."""

Work = Callable[[Settings, asyncio.Event], Awaitable[None]]
"""Runs until the event is set, or raises what it cannot go on from."""


def main(part: str, work: Work) -> None:
    """Ends with 0 when told to stop, 2 where it was told what it cannot use, 3 on a fault: its log says which."""
    gc.freeze()
    gc.set_threshold(*COLLECTS)
    code = _code_of(part, work)
    logging.shutdown()
    sys.stderr.flush()
    os._exit(code)  # the client of a bus that is away holds its threads for a minute, and nothing of ours is in them


def _code_of(part: str, work: Work) -> int:
    loop = asyncio.new_event_loop()
    try:
        settings = Settings.from_environment()
        start_logging(part, settings.log_level)
        loop.run_until_complete(_until_told(settings, work))
    except (SettingsRefused, KeyRefused) as refused:
        print(refused, file=sys.stderr)
        return CANNOT_BE_USED
    except Exception as error:
        logging.getLogger(__name__).error("Stopped by %s.", where_it_arose(error), exc_info=error)
        return COULD_NOT_BE_DONE
    return 0


async def _until_told(settings: Settings, work: Work) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await work(settings, stopping)


async def until_first(*parts: Coroutine[Any, Any, None]) -> None:
    """Runs all of them until one ends; then ends the others, waits for them, and raises what the first raised."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended = [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        task.result()


async def all_of(parts: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Runs all of them to their end; what one raises ends the others, and is raised once they have ended."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def told_to_stop(stopping: asyncio.Event) -> None:
    """One of the parts of a process: ends when the process is to end."""
    await stopping.wait()
