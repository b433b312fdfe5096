"""How far has everything passed through every service, and who is behind?"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.plumbing import clock
from shared.plumbing.database import Connection, Pool, queries
from shared.plumbing.journal import Head

FLOW: Final = (("contacts",), ("evidence",), ("decisions", "details"))
"""Lanes in the order in which one leads to the next: what is said in answer stands in a later group."""

LOOK_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Lag:
    reader: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Waited:
    """`settled` is false where time ran out or people are parked; `parked` are their ids."""

    settled: bool
    watermark: datetime | None
    behind: tuple[Lag, ...]
    parked: tuple[str, ...]


async def watermark(connection: Connection) -> datetime | None:
    """Everything recorded up to this moment has passed through all services; None before anything was closed."""
    found: datetime | None = await connection.fetchval(queries("shared.plumbing")["watermark"])
    return found


async def lag(connection: Connection) -> tuple[Lag, ...]:
    """Readers with something yet to apply, and for how many seconds of real time the oldest of it has waited."""
    rows = await connection.fetch(queries("shared.plumbing")["lag"])
    return tuple(Lag(row["reader"], row["seconds"]) for row in rows)


async def parked_people(connection: Connection) -> tuple[str, ...]:
    """Who is not up to date at some reader, because a rule failed on their case."""
    rows = await connection.fetch(queries("shared.plumbing")["parked_people"])
    return tuple(row["young_person_id"] for row in rows)


async def wait(pool: Pool, checking: Callable[[], Awaitable[bool]], *, seconds: float) -> Waited:
    """Until no submission is `checking` and all that was said when asked has passed through every service."""
    until = clock.monotonic() + seconds
    settled = await _while_time(until, lambda: _none(checking))
    for lanes in FLOW:
        goal = await _heads(pool, lanes)
        settled = settled and await _while_time(until, lambda goal=goal: _past(pool, goal))  # type: ignore[misc]
    async with pool.acquire() as connection:
        await connection.execute("SELECT bus.close()")
        parked = await parked_people(connection)
        return Waited(settled and not parked, await watermark(connection), await lag(connection), parked)


async def _while_time(until: float, holds: Callable[[], Awaitable[bool]]) -> bool:
    while not (found := await holds()) and clock.monotonic() < until:  # noqa: ASYNC110 (positions move without a signal)
        await asyncio.sleep(LOOK_EVERY)
    return found


async def _none(checking: Callable[[], Awaitable[bool]]) -> bool:
    return not await checking()


async def _heads(pool: Pool, lanes: tuple[str, ...]) -> Mapping[Head, int]:
    rows = await pool.fetch(queries("shared.plumbing")["heads"], lanes)
    return {Head(row["lane"], row["partition"]): row["seq"] for row in rows}


async def _past(pool: Pool, goal: Mapping[Head, int]) -> bool:
    """Has every reader of these heads applied them up to these numbers?"""
    lanes, partitions = [head.lane for head in goal], [head.partition for head in goal]
    found: bool = await pool.fetchval(queries("shared.plumbing")["past"], lanes, partitions, list(goal.values()))
    return found
