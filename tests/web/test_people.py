"""Is everyone of a campaign listed, is one person shown to those who may, and is it noted who looked?"""

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from shared.domain.decisions import CampaignDecided, NeedSpan
from shared.plumbing.database import Pool
from shared.plumbing.keys import write_private
from shared.plumbing.settings import Settings
from shared.web.access import Account, Role
from tests.outreach import conftest as contact
from tests.reporting.conftest import hear
from tests.reporting.decisions import SCHOOL, decided, enrolled, reason
from waymark.preparation import TOKEN_HASH
from waymark.web import installed

PLACES = {"provider": (SCHOOL,), "other provider": ("8609999",)}


class ByName:
    """Everybody's secret is the name of their role; there are two providers."""

    async def account(self, secret: str) -> Account | None:
        return Account(UUID(int=1), Role(secret.removeprefix("other ")), PLACES.get(secret, ()))


@pytest.fixture
async def ask(settings: Settings, pools: dict[str, Pool], speak: Any, simulate: Any) -> AsyncIterator[Any]:
    await simulate(date(2026, 6, 2))
    await hear(pools["reporting"], enrolled("7", frozen=True, frozen_establishment=SCHOOL), enrolled("12"))
    write_private(settings.keys_dir / TOKEN_HASH, "0")
    async with installed(settings) as app:
        app.state.door = ByName()
        yield await speak(app)


async def test_everyone_of_a_campaign_is_listed_by_id_one_a_line(ask: Any) -> None:
    answer = await ask("GET", "/api/v1/young-people?campaign=2026&as_at=2026-06-01", bearer="coordinator")
    assert answer.headers["Content-Type"] == "application/jsonl"
    people = [json.loads(line) for line in answer.content.splitlines()]
    assert [(one["young_person_id"], one["campaigns"][0]["frozen"]) for one in people] == [("7", True), ("12", False)]
    assert all({"upn", "uln"} <= one.keys() and "evidence" not in one for one in people)
    assert (await ask("GET", "/api/v1/young-people?campaign=2031", bearer="adviser")).content == b""


async def test_points_are_given_for_today_as_known_now_alone(ask: Any, pools: dict[str, Pool]) -> None:
    await contact.pass_day(pools["outreach"], date(2026, 6, 2))
    needy = decided(
        "7", CampaignDecided(campaign=2026, need=(NeedSpan(row="OR21", reason=0),)), reasons=[reason("OR21")]
    )
    await hear(pools["reporting"], needy)
    await contact.hear(pools["outreach"], needy)
    now = (await ask("GET", "/api/v1/young-people/7", bearer="adviser")).document["campaigns"][0]["need"]
    then = (await ask("GET", "/api/v1/young-people/7?as_at=2026-06-01", bearer="adviser")).document["campaigns"][0]
    listed = json.loads((await ask("GET", "/api/v1/young-people", bearer="adviser")).content.splitlines()[0])
    assert now["row"] == "OR21"
    assert now["priority"] == sum(one["points"] for one in now["points"])
    assert listed["campaigns"][0]["need"] == now
    assert (then["need"]["row"], then["need"]["points"], then["need"]["priority"]) == ("OR21", None, None)


async def test_a_list_of_people_is_for_those_who_may_see_people(ask: Any) -> None:
    seen = {role.value: (await ask("GET", "/api/v1/young-people", bearer=role.value)).status for role in Role}
    allowed = {"adviser", "coordinator", "manager", "system"}
    assert seen == {role.value: 200 if role in allowed else 403 for role in Role}


async def test_one_person_is_shown_and_it_is_noted_who_looked(ask: Any, pools: dict[str, Pool]) -> None:
    found = (await ask("GET", "/api/v1/young-people/7?as_at=2026-06-01", bearer="adviser")).document
    assert found["young_person_id"] == "7"
    assert found["campaigns"][0]["guarantee"]["outcome"] == "OFFER_MADE"
    assert found["evidence"] == []
    row = await pools["web"].fetchrow("SELECT role, young_person_id, what FROM web.access_log")
    assert tuple(row) == ("adviser", "7", "opened the record")


async def test_whom_nobody_knows_is_not_found_and_not_noted(ask: Any, pools: dict[str, Pool]) -> None:
    assert (await ask("GET", "/api/v1/young-people/99", bearer="adviser")).status == 404
    assert await pools["web"].fetchval("SELECT count(*) FROM web.access_log") == 0


async def test_a_provider_sees_its_own_and_no_other(ask: Any) -> None:
    assert (await ask("GET", "/api/v1/young-people/7?as_at=2026-06-01", bearer="provider")).status == 200
    assert (await ask("GET", "/api/v1/young-people/7?as_at=2026-06-01", bearer="other provider")).status == 404
    assert (await ask("GET", "/api/v1/young-people/99", bearer="provider")).status == 404
