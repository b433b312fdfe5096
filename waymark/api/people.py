"""Where does a young person stand, where does everyone of a campaign, and who looked?"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request
from fastapi.responses import StreamingResponse
from pydantic_core import to_json

from services.ingest import store as ingest
from services.outreach.queue import points_of
from services.reporting import lists
from shared.plumbing.database import Pool, snapshot
from shared.plumbing.watermark import parked_people
from shared.web.access import Account, Role, allow
from shared.web.access_log import log_access
from shared.web.fields import CampaignYear, YoungPersonNumber
from shared.web.moments import Moment, moment
from shared.web.problems import Refused
from shared.web.routing import router
from waymark.api.shapes import Listed, YoungPerson

routes = router("young people")

AT_ONCE: Final = 500
OPENED: Final = "opened the record"
UNKNOWN: Final = "There is no young person with this id, or they are not yours to see."


class JsonLines(StreamingResponse):
    media_type = "application/jsonl"


At = Annotated[Moment, Depends(moment)]
Document = dict[str, Any]
Lines = AsyncGenerator[bytes, None]
Pools = Mapping[str, Pool]
Seeing = Annotated[Account, allow("adviser", "coordinator", "manager")]


@routes.get(
    "/young-people",
    response_class=JsonLines,
    responses={200: {"model": Listed, "description": "One JSON document a line, by id."}},
)
async def everyone(
    request: Request, _: Seeing, at: At, campaign: Annotated[CampaignYear | None, Query()] = None
) -> JsonLines:
    """Everyone in the frozen cohort or ever in the live one up to the date, one JSON document a line."""
    lines = _lines(request.app.state.pools, at, campaign)
    first = await anext(lines, b"")
    return JsonLines(_after(first, lines))


async def _after(first: bytes, lines: Lines) -> Lines:
    """What fails before the first line is thus still answered as a problem."""
    async with aclosing(lines):
        yield first
        async for batch in lines:
            yield batch


async def _lines(pools: Pools, at: Moment, campaign: int | None) -> Lines:
    async with snapshot(pools["reporting"], "reporting") as reporting:
        batch: list[Document] = []
        async for person in lists.people(reporting, campaign=campaign, as_at=at.as_at, known_at=at.known_at):
            batch.append(person)
            if len(batch) == AT_ONCE:
                yield await _as_lines(pools, at, batch)
                batch = []
        if batch:
            yield await _as_lines(pools, at, batch)


async def _as_lines(pools: Pools, at: Moment, people: Sequence[Document]) -> bytes:
    """A line each, with the identifiers that ingest knew of the person."""
    await _weigh(pools["outreach"], at, people)
    known = await ingest.identifiers(pools["ingest"], [person["young_person_id"] for person in people], at.known_at)
    lines = []
    for person in people:
        upn, uln = known.get(person["young_person_id"], (None, None))
        lines.append(to_json({"young_person_id": person["young_person_id"], "upn": upn, "uln": uln} | person) + b"\n")
    return b"".join(lines)


async def _weigh(pool: Pool, at: Moment, people: Sequence[Document]) -> None:
    """Puts points and priority to the needs of today as known now; of any other moment there are none."""
    if not at.is_now:
        return
    async with snapshot(pool, "outreach") as outreach:
        found = await points_of(outreach, [person["young_person_id"] for person in people])
    for person in people:
        for campaign in person["campaigns"]:
            weighed = found.get((person["young_person_id"], campaign["campaign"]))
            if campaign["need"] and weighed:
                campaign["need"] |= weighed


@routes.get("/young-people/{young_person_id}")
async def one(
    request: Request,
    young_person_id: YoungPersonNumber,
    account: Annotated[Account, allow("adviser", "coordinator", "manager", own=("provider",))],
    at: At,
) -> YoungPerson:
    """One young person's status, its reasons and the evidence; that it was opened is noted. A provider sees its own."""
    pools: Pools = request.app.state.pools
    evidence = await ingest.evidence(pools["ingest"], young_person_id, at.known_at)
    async with snapshot(pools["reporting"], "reporting") as reporting:
        found = await lists.person(reporting, young_person_id, as_at=at.as_at, known_at=at.known_at)
        parked = await parked_people(reporting)
    campaigns = found["campaigns"] if found else []
    if account.role is Role.PROVIDER:
        numbers = await ingest.provider_numbers(pools["ingest"], account.establishments)
        evidence = [one for one in evidence if one["source"] in numbers]
        campaigns = campaigns if evidence or any(one["establishment"] in numbers for one in campaigns) else []
    elif found:
        await _weigh(pools["outreach"], at, [found])
    if not campaigns and not evidence:
        raise Refused(404, None, UNKNOWN)
    await log_access(pools["web"], account, young_person_id, OPENED)
    return YoungPerson(
        young_person_id=young_person_id,
        not_up_to_date=young_person_id in parked,
        campaigns=campaigns,
        evidence=evidence,
        **at.said(),
    )
