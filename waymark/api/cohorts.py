"""How is a cohort frozen, so that the answer can say how many are in it?"""

from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, Request
from pydantic import BaseModel

from services.ingest import cohorts
from services.ingest.acts import Asked
from services.reporting import lists
from shared.plumbing.database import Pool, snapshot
from shared.plumbing.watermark import wait
from shared.web.access import Account, allow
from shared.web.acts import Act, act
from shared.web.fields import CampaignYear
from shared.web.problems import Refused
from shared.web.routing import router

routes = router("cohorts")

WITHIN: Final = 600.0
ON_ITS_WAY: Final = (
    "The cohort is frozen, but it cannot be counted yet, because not everything has passed through every service:"
    " send this again with the same Idempotency-Key."
)


class FrozenCohort(BaseModel):
    campaign: int
    frozen: int
    recorded_at: datetime


@routes.post("/cohorts/{campaign}/freeze")
async def freeze(
    request: Request,
    campaign: CampaignYear,
    _: Annotated[Account, allow("coordinator")],
    once: Annotated[Act, Depends(act)],
) -> FrozenCohort:
    """Freezes the members at the end of 31 May, once a campaign, and counts them once all services know it."""
    pools = request.app.state.pools
    done = await cohorts.freeze(pools["ingest"], campaign, Asked(once.act_id, once.request_hash))
    waited = await wait(pools["reporting"], _nothing_else, seconds=WITHIN)
    if not waited.settled and not waited.parked:
        raise Refused(503, None, ON_ITS_WAY)
    frozen = await _count(pools["reporting"], campaign)
    return FrozenCohort(campaign=campaign, frozen=frozen, recorded_at=done["recorded_at"])


async def _count(pool: Pool, campaign: int) -> int:
    async with snapshot(pool, "reporting") as connection:
        today = await connection.fetchval("SELECT bus.today()")
        return int((await lists.ledger(connection, campaign, today))["frozen"])


async def _nothing_else() -> bool:
    """Files that are still being checked come after the freeze and are not waited for."""
    return False
