"""How does the business date move on, one day after another, and how does everyone hear of it?"""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid5

from services.ingest import acts
from services.ingest.acts import SERVICE, Asked, CannotBeUsed, NotNow, sql
from services.ingest.moves import NAMESPACE
from shared.domain.events import DayPassed
from shared.plumbing import clock, journal
from shared.plumbing.database import Connection, Pool, transaction

DAY: Final = timedelta(days=1)
FURTHEST: Final = timedelta(days=1100)
"""Further on at once is a slip of the pen, which nothing takes back: days are said one by one and never go back."""
PATIENCE: Final = 600.0
LOOK_EVERY: Final = 0.02


async def present(pool: Pool) -> dict[str, Any]:
    """The business date, and whether it is simulated."""
    async with transaction(pool, SERVICE) as connection:
        return dict(await connection.fetchrow(sql("present_clock")))


async def advance(pool: Pool, to: date, asked: Asked) -> dict[str, Any]:
    """Moves a simulated date on, day by day; first everything that was sent gets its verdict."""
    async with transaction(pool, SERVICE) as connection:
        known = await acts.result_of(connection, asked)
        if known is not None:
            return known
        await _refuse_unless_simulated(connection, to)
    await _all_checked(pool)
    await notice(pool)
    at = await _moment(pool)
    while (moved := await _next_day(pool, to)) is not None:
        at = moved
    done = {"business_date": to.isoformat(), "simulated": True, "recorded_at": at.isoformat()}
    async with acts.in_turn(pool) as connection:
        return await acts.result_of(connection, asked) or await acts.remember(connection, asked, done)


async def notice(pool: Pool) -> None:
    """Says every day that has passed since the last that was said: the real clock moves by itself."""
    async with transaction(pool, SERVICE) as connection:
        said: date | None = await connection.fetchval(sql("day_said"))
        today: date = await connection.fetchval("SELECT bus.today()")
    while said is None or said < today:
        said = await _say_next(pool, today)


async def _refuse_unless_simulated(connection: Connection, to: date) -> None:
    now = await connection.fetchrow(sql("present_clock"))
    if not now["simulated"]:
        raise CannotBeUsed("The clock is the real one and moves by itself; `up --clock DATE` starts a simulated one.")
    if to < now["business_date"]:
        raise CannotBeUsed(f"The business date is {now['business_date']:%-d %B %Y} and never goes back.")
    if to - now["business_date"] > FURTHEST:
        raise CannotBeUsed(f"That is further than {FURTHEST.days} days on: move the date in smaller steps.")


async def is_checking(pool: Pool) -> bool:
    """Whether any submission still waits for its verdict."""
    async with transaction(pool, SERVICE) as connection:
        found: bool = await connection.fetchval(sql("any_checking"))
        return found


async def _all_checked(pool: Pool) -> None:
    until = clock.monotonic() + PATIENCE
    while await is_checking(pool):
        if clock.monotonic() > until:
            raise NotNow("Submissions are still being checked: ask again.")
        await asyncio.sleep(LOOK_EVERY)


async def _moment(pool: Pool) -> datetime:
    moment: datetime = await pool.fetchval("SELECT bus.now()")
    return moment


async def _next_day(pool: Pool, to: date) -> datetime | None:
    """One day on, in a transaction of its own; None once the day is `to`."""
    async with acts.in_turn(pool) as connection:
        today: date = await connection.fetchval("SELECT bus.today()")
        if today >= to:
            return None
        await connection.execute("SELECT bus.advance($1)", today + DAY)
        return await _say(connection, today + DAY)


async def _say_next(pool: Pool, today: date) -> date:
    """The day after the last that was said, or the first of all; whoever comes second finds it said."""
    async with acts.in_turn(pool) as connection:
        said: date | None = await connection.fetchval(sql("day_said"))
        if said is not None and said >= today:
            return said
        day = today if said is None else said + DAY
        await _say(connection, day)
        return day


async def _say(connection: Connection, day: date) -> datetime | None:
    await connection.execute(sql("say_day"), day)
    event = DayPassed(event_id=uuid5(NAMESPACE, f"day/{day}"), happened_on=day, source="ingest", day=day)
    return await journal.append(connection, SERVICE, [event])
