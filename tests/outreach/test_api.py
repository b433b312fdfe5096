"""Does the API answer with the queue, to whom it may?"""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from services.outreach.api import routes
from shared.plumbing.database import Pool
from shared.web.application import application
from tests.outreach.conftest import hear
from tests.outreach.said import JUNE, needing
from tests.web.by_role import ByRole
from tests.web.conftest import Ask, asking, served


@pytest.fixture
async def ask(pool: Pool) -> AsyncIterator[Ask]:
    app = application("1", [routes], door=ByRole(), pools={"outreach": pool})
    async with served(app) as url, aiohttp.ClientSession() as session:
        yield asking(session, url)


async def test_the_queue_has_the_contract_s_shape(ask: Ask, pool: Pool) -> None:
    await hear(pool, needing("1", ("OR21", JUNE, None)), needing("2", ("OR21", JUNE, None)))
    answer = await ask("GET", "/api/v1/queue?limit=1&school=8604000,8604001", bearer="adviser")
    assert answer.status == 200
    assert (answer.document["as_at"], answer.document["total"]) == ("2026-06-10", 2)
    (entry,) = answer.document["entries"]
    assert {"young_person_id", "campaign", "other_campaigns", "year_group", "need", "because", "priority", "points",
            "leased_to"} <= entry.keys()  # fmt: skip


async def test_the_queue_is_read_page_by_page_whoever_leaves_it_meanwhile(ask: Ask, pool: Pool) -> None:
    await hear(pool, *(needing(str(person), ("OR21", JUNE, None)) for person in (1, 2, 30, 4, 5)))
    first = (await ask("GET", "/api/v1/queue?limit=2", bearer="adviser")).document
    await hear(pool, needing("1", hours=1))
    second = (await ask("GET", f"/api/v1/queue?limit=2&cursor={first['next_cursor']}", bearer="adviser")).document
    third = (await ask("GET", f"/api/v1/queue?limit=2&cursor={second['next_cursor']}", bearer="adviser")).document
    pages = [[entry["young_person_id"] for entry in page["entries"]] for page in (first, second, third)]
    assert (pages, third["next_cursor"]) == ([["1", "2"], ["4", "5"], ["30"]], None)
    assert (await ask("GET", "/api/v1/queue?cursor=5", bearer="adviser")).status == 422


async def test_only_advisers_and_coordinators_see_the_queue(ask: Ask) -> None:
    for role, status in (("adviser", 200), ("coordinator", 200), ("manager", 403), ("provider", 403)):
        assert (await ask("GET", "/api/v1/queue", bearer=role)).status == status
    assert (await ask("GET", "/api/v1/queue?limit=0", bearer="adviser")).status == 422
    assert (await ask("GET", "/api/v1/queue?school=x", bearer="adviser")).status == 422
