"""What can go wrong with us on the bus, and what happens next?"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from typing import Final, TypeVar

import asyncpg

Answer = TypeVar("Answer")

TRANSIENT: Final = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
"""The database is away, busy or chose us to give way: nothing is wrong with what we asked, so we ask again."""

PAUSES: Final = (0.02, 0.05, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 3.0, 5.0)


class BusFault(Exception):
    """The reader stops with its positions where they are, stays lagged, and is started again by who watches it."""


class ControlFailed(BusFault):
    """A fact about a day, the rules, a cohort or a provider could not be applied: no one person can be set aside."""


class TooManyParked(BusFault):
    """So many people fail that the fault is in a rule and not in their cases: stop rather than park a county."""


class TooManyDeadLetters(BusFault):
    """So many messages cannot be read that the fault is ours: stop rather than bin a topic."""


class JournalBroken(BusFault):
    """The journal lacks a number that its head has given: somebody must look at the database."""


class BusSilent(BusFault):
    """A reader has lived off the journal for too long: start it again, so that the bus comes back into use."""


class BusStuck(BusFault):
    """The client of the bus does not let go: the process ends and is started again."""


def is_transient(error: BaseException) -> bool:
    """A bare InterfaceError is a closed connection; its subclasses are values that the database cannot take."""
    return isinstance(error, TRANSIENT) or type(error) is asyncpg.InterfaceError


async def persistently(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """The answer, asked for again with growing pauses while the fault is transient; then that fault."""
    for pause in PAUSES:
        try:
            return await ask()
        except Exception as error:
            if not is_transient(error):
                raise
            await asyncio.sleep(pause)
    return await ask()


def where_it_arose(error: BaseException) -> str:
    """The kind of an error and the place in the code, never its text: that may quote somebody's data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__qualname__}{place}"
