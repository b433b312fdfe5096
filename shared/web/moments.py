"""As at which date and as known at which moment is a question answered?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Query, Request

from shared.plumbing.database import Connection, Pool
from shared.plumbing.watermark import lag, watermark
from shared.web.fields import Day, KnownAt


@dataclass(frozen=True, slots=True)
class Moment:
    """`known_at` is at most the watermark; `seconds_old` is how long the oldest thing not yet counted has waited."""

    as_at: date
    known_at: datetime
    is_latest: bool
    seconds_old: float
    is_today: bool = False

    @property
    def is_now(self) -> bool:
        """Today as known now."""
        return self.is_today and self.is_latest

    def said(self) -> dict[str, str | float]:
        """The members that every answer about a moment has."""
        return {
            "as_at": self.as_at.isoformat(),
            "known_at": self.known_at.isoformat(),
            "figures_are_seconds_old": self.seconds_old,
        }


async def moment(
    request: Request,
    as_at: Annotated[
        Day | None, Query(description="What was true on this date; the business date if left out.")
    ] = None,
    known_at: Annotated[
        KnownAt | None, Query(description="As known at the end of this date or at this moment; now if left out.")
    ] = None,
) -> Moment:
    """For `Annotated[Moment, Depends(moment)]`."""
    pool: Pool = request.app.state.pools["reporting"]
    async with pool.acquire() as connection:
        return await resolve(connection, as_at, known_at)


async def resolve(connection: Connection, as_at: date | None, known_at: datetime | None) -> Moment:
    """A later `known_at` than the watermark is answered as at the watermark."""
    reached = await _watermark(connection)
    behind = await lag(connection)
    today: date = await connection.fetchval("SELECT bus.today()")
    return Moment(
        as_at or today,
        min(known_at or reached, reached),
        is_latest=known_at is None or known_at >= reached,
        seconds_old=round(max((one.seconds for one in behind), default=0.0), 1),
        is_today=as_at in {None, today},
    )


async def _watermark(connection: Connection) -> datetime:
    """Before anything was ever closed nothing has been said: then it is the present moment, and that is closed."""
    reached = await watermark(connection)
    if reached is None:
        reached = await connection.fetchval("SELECT bus.close()")
    return reached
