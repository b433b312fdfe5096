"""What does the API say of the contact queue, and to whom?"""

from typing import Annotated, Any

from fastapi import Query, Request

from services.outreach.queue import CURSOR, queue
from shared.plumbing.database import snapshot
from shared.plumbing.watermark import parked_people
from shared.web.access import Account, allow
from shared.web.routing import router

routes = router("queue")

School = Annotated[
    str | None, Query(description="LAESTABs, separated by commas: only of these.", pattern=r"^[0-9]{7}(,[0-9]{7})*$")
]

Cursor = Annotated[str | None, Query(description="The `next_cursor` of the page before.", pattern=CURSOR)]


@routes.get("/queue")
async def contact_queue(
    request: Request,
    account: Annotated[Account, allow("adviser", "coordinator")],
    limit: Annotated[int | None, Query(ge=1, description="The first so many only; `total` counts all.")] = None,
    school: School = None,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Who is to be contacted today, in order, with the points that make the order and the reason."""
    establishments = school.split(",") if school else None
    async with snapshot(request.app.state.pools["outreach"], "outreach") as connection:
        found = await queue(connection, establishments=establishments, limit=limit, cursor=cursor)
        return found | {"not_up_to_date": len(await parked_people(connection))}
