"""Is ingest asked over HTTP as the contract says, and does each see what is theirs?"""

from typing import Any

import aiohttp
import pytest

from tests.ingest_service.files import OTHER_SCHOOL, SCHOOL, SCHOOLS, UPNS, cohort, establishments
from tests.web.conftest import Answer, Ask

ANN = cohort(f"{UPNS[0]},,Aldric,Ann,2010-01-01,ST90 1FZ")


async def send(ask: Ask, feed: str, provider: str, content: str, **more: Any) -> Answer:
    form = aiohttp.FormData({"feed": feed, "provider": provider, **more.pop("fields", {})})
    form.add_field("file", content.encode(), filename="a name that means nothing.csv")
    return await ask("POST", "/api/v1/submissions", data=form, **more)


async def judged(ask: Ask, sent: Answer, **more: Any) -> Any:
    assert sent.status in (200, 202), sent.content
    verdict = sent.document
    while verdict["state"] == "checking":
        verdict = (await ask("GET", f"/api/v1/submissions/{verdict['submission_id']}", **more)).document
    return verdict


async def opened(ask: Ask) -> None:
    assert (await judged(ask, await send(ask, "establishments", "council", establishments(*SCHOOLS))))["state"] == (
        "accepted"
    )


async def token(ask: Ask, role: str, *own: str) -> str:
    given = await ask("POST", "/api/v1/tokens", json={"role": role, "establishments": list(own)})
    return str(given.document["token"])


async def test_a_file_is_sent_judged_found_by_and_taken_back(ask: Ask) -> None:
    await opened(ask)
    key = {"headers": {"Idempotency-Key": "once"}}
    sent = await send(ask, "cohort", SCHOOL, ANN, **key)
    verdict = await judged(ask, sent)
    assert (verdict["state"], verdict["accepted"], verdict["rows"]) == ("accepted", 1, 1)
    again = await send(ask, "cohort", SCHOOL, ANN, **key)
    assert (again.status, again.document["submission_id"]) == (200, verdict["submission_id"])
    assert (await send(ask, "cohort", OTHER_SCHOOL, ANN, **key)).status == 422
    found = await ask("POST", "/api/v1/people/find", json={"upn": UPNS[0].lower()})
    assert [list(one) for one in found.document["people"]] == [["young_person_id"]]
    path = f"/api/v1/submissions/{verdict['submission_id']}/withdrawal"
    gone = await ask("POST", path, json={"reason": "last year's"})
    assert (gone.status, gone.document["state"]) == (200, "withdrawn")
    assert gone.document["recorded_at"] > verdict["recorded_at"]
    assert (await ask("POST", path, json={"reason": "again"})).document == gone.document
    assert (await ask("POST", "/api/v1/people/find", json={"upn": UPNS[0]})).document == {"people": []}


async def test_a_provider_sends_and_sees_its_own_alone(ask: Ask) -> None:
    await opened(ask)
    others = await judged(ask, await send(ask, "cohort", OTHER_SCHOOL, ANN))
    own = await token(ask, "provider", "10000001")
    verdict = await judged(ask, await send(ask, "cohort", SCHOOL, ANN, bearer=own), bearer=own)
    assert verdict["state"] == "accepted"
    assert (await send(ask, "cohort", OTHER_SCHOOL, ANN, bearer=own)).status == 404
    assert (await send(ask, "cohort", "council", ANN, bearer=own)).status == 404
    path = f"/api/v1/submissions/{others['submission_id']}"
    assert (await ask("GET", path, bearer=own)).status == 404
    assert (await ask("POST", f"{path}/withdrawal", json={"reason": "not mine"}, bearer=own)).status == 404
    seen = await ask("GET", "/api/v1/submissions", bearer=own)
    assert [one["submission_id"] for one in seen.document["submissions"]] == [verdict["submission_id"]]


async def test_submissions_are_paged_the_latest_first(ask: Ask) -> None:
    await opened(ask)
    ids = [(await judged(ask, await send(ask, "cohort", SCHOOL, ANN)))["submission_id"] for _ in range(3)]
    first = (await ask("GET", "/api/v1/submissions?limit=2")).document
    rest = (await ask("GET", f"/api/v1/submissions?limit=2&cursor={first['next_cursor']}")).document
    listed = [one["submission_id"] for one in (*first["submissions"], *rest["submissions"])]
    assert (listed[:3], len(listed), rest["next_cursor"]) == (ids[::-1], 4, None)


@pytest.mark.parametrize(
    ("fields", "status"), [({"rehearse": "true"}, 422), ({"campaign": "26"}, 422), ({"feed": "rolls"}, 422)]
)
async def test_what_cannot_be_meant_is_said_to_be_so(ask: Ask, fields: dict[str, str], status: int) -> None:
    assert (await send(ask, fields.get("feed", "cohort"), SCHOOL, ANN, fields=fields)).status == status


async def test_the_calendar_moves_and_a_refusal_says_why(ask: Ask) -> None:
    moved = await ask("POST", "/api/v1/calendar/advance", json={"to": "2026-06-01"})
    assert (moved.status, moved.document["business_date"]) == (200, "2026-06-01")
    back = await ask("POST", "/api/v1/calendar/advance", json={"to": "2026-05-01"})
    assert (back.status, "never goes back" in back.document["detail"]) == (422, True)
    now = await ask("GET", "/api/v1/calendar", bearer=await token(ask, "governance"))
    assert now.document["business_date"] == "2026-06-01"
    assert (await ask("POST", "/api/v1/people/find", json={"surname": "Aldric"})).status == 422
    nobody = {"young_person_id": "9", "op": "add", "reason": "who"}
    assert (await ask("POST", "/api/v1/cohorts/2026/exceptions", json=nobody)).status == 404
