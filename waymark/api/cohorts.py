"""How is a cohort frozen with its count, and who joined and left it since, for whose reasons?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from pydantic import BaseModel

from services.ingest import cohorts, store
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

Document = dict[str, Any]

WITHIN: Final = 600.0
EFFECT: Final = {"add": -1, "remove": 1}
"""What an exception changes of live less frozen."""
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


@routes.get("/cohorts/{campaign}/ledger")
async def ledger(
    request: Request, campaign: CampaignYear, _: Annotated[Account, allow("coordinator", "manager")]
) -> Document:
    """Everyone who joined or left the live cohort since the freeze: frozen and entries are live, always."""
    pools = request.app.state.pools
    found = await _ledger(pools["reporting"], campaign)
    excepted = await store.exceptions(pools["ingest"], campaign)
    return found | {"entries": reasoned(found["entries"], excepted)}


def reasoned(entries: Iterable[Document], excepted: Iterable[Mapping[str, Any]]) -> list[Document]:
    """An exception's entry says the reason of whoever made it; that is no event's, so that no free text is said."""
    given = {(one["young_person_id"], EFFECT[one["op"]]): one["reason"] for one in excepted}
    return [
        entry | {"reason": given.get((entry["young_person_id"], entry["change"]), entry["reason"])}
        if entry["exception"]
        else entry
        for entry in entries
    ]


async def _ledger(pool: Pool, campaign: int) -> Document:
    async with snapshot(pool, "reporting") as connection:
        today: date = await connection.fetchval("SELECT bus.today()")
        return await lists.ledger(connection, campaign, today)


async def _count(pool: Pool, campaign: int) -> int:
    return int((await _ledger(pool, campaign))["frozen"])


async def _nothing_else() -> bool:
    """Files that are still being checked come after the freeze and are not waited for."""
    return False
