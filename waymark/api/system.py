"""Where is the system, how far has everything passed through it, and does a recount agree?"""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.ingest.calendar_days import is_checking
from shared.plumbing.database import Pool
from shared.plumbing.watermark import Lag, lag, parked_people, wait
from shared.web.access import EVERYONE, Account, Role, allow
from shared.web.moments import Moment, moment
from shared.web.routing import router
from waymark.api.jobs import VERIFY, answer_of

routes = router("system")

AT_WORK = tuple(role for role in EVERYONE if role != Role.GOVERNANCE)


class Patience(BaseModel):
    timeout: float = Field(300, ge=0, le=3600, description="Seconds.")


class Behind(BaseModel):
    reader: str
    seconds: float


class Settled(BaseModel):
    settled: bool
    watermark: datetime | None
    behind: list[Behind]
    parked: list[str] = Field(description="Ids of young people who are not up to date because a rule failed on them.")


class Where(BaseModel):
    url: str
    kafka_bootstrap: str
    topic_prefix: str


class Freshness(BaseModel):
    business_date: date
    watermark: datetime
    figures_are_seconds_old: float
    behind: list[Behind]
    not_up_to_date: int


@routes.post("/settle")
async def settle(request: Request, asked: Patience, account: Annotated[Account, allow(*AT_WORK)]) -> Settled:
    """Waits until all that was submitted has passed through every service, or until time is up."""
    pools = request.app.state.pools
    waited = await wait(pools["reporting"], lambda: is_checking(pools["ingest"]), seconds=asked.timeout)
    behind, parked = _behind(waited.behind), [] if account.role is Role.PROVIDER else list(waited.parked)
    return Settled(settled=waited.settled, watermark=waited.watermark, behind=behind, parked=parked)


@routes.get("/where")
async def where(request: Request, _: Annotated[Account, allow("operations")]) -> Where:
    """The address of pages and API, and the broker's."""
    settings = request.app.state.settings
    url = str(request.base_url).rstrip("/")
    return Where(url=url, kafka_bootstrap=settings.bootstrap, topic_prefix=settings.topic_prefix)


@routes.get("/freshness")
async def freshness(
    request: Request, _: Annotated[Account, allow(*EVERYONE)], now: Annotated[Moment, Depends(moment)]
) -> Freshness:
    """The business date, and how old the figures are."""
    pool: Pool = request.app.state.pools["reporting"]
    async with pool.acquire() as connection:
        behind, parked = _behind(await lag(connection)), await parked_people(connection)
        return Freshness(
            business_date=await connection.fetchval("SELECT bus.today()"),
            watermark=now.known_at,
            figures_are_seconds_old=now.seconds_old,
            behind=behind,
            not_up_to_date=len(parked),
        )


@routes.post("/verify")
async def verify(_: Annotated[Account, allow("coordinator", "operations")]) -> dict[str, Any]:
    """Recounts every aggregate from the evidence, in a process of its own, and says what differs."""
    return await answer_of(VERIFY)


def _behind(found: tuple[Lag, ...]) -> list[Behind]:
    return [Behind(reader=one.reader, seconds=round(one.seconds, 1)) for one in found]
