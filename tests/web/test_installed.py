"""Does the one address of an installation give tokens, say where it is, and keep what it promises of every route?"""

import uuid
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from shared.domain.events import DayPassed
from shared.plumbing.database import Pool, transaction
from shared.plumbing.journal import append
from shared.plumbing.keys import write_private
from shared.plumbing.settings import Settings
from waymark.api.cohorts import reasoned
from waymark.preparation import TOKEN_HASH
from waymark.web import installed

BROKER = "127.0.0.1:9"


@pytest.fixture
async def ask(settings: Settings, system_hash: str, speak: Any) -> AsyncIterator[Any]:
    write_private(settings.keys_dir / TOKEN_HASH, system_hash)
    async with installed(settings.model_copy(update={"kafka_bootstrap": BROKER})) as app:
        yield await speak(app)


async def give(ask: Any, role: str, *establishments: str, **given: Any) -> Any:
    body = {"role": role, "establishments": list(establishments)}
    return await ask("POST", "/api/v1/tokens", json=body, **given)


async def test_a_token_is_given_opens_what_its_role_may_and_ends(ask: Any) -> None:
    given = (await give(ask, "operations")).document
    assert (await ask("GET", "/api/v1/where", bearer=given["token"])).document["kafka_bootstrap"] == BROKER
    assert (await give(ask, "operations", bearer=given["token"])).status == 403
    key = {"headers": {"Idempotency-Key": "end"}}
    ended = [await ask("DELETE", f"/api/v1/tokens/{given['token_id']}", **more) for more in (key, key, {})]
    assert {one.status for one in ended} == {200}
    assert ended[0].document == ended[1].document == ended[2].document
    assert ended[0].document["recorded_at"] > given["recorded_at"]
    assert (await ask("DELETE", f"/api/v1/tokens/{uuid.uuid4()}", **key)).status == 422
    assert (await ask("GET", "/api/v1/where", bearer=given["token"])).status == 401
    assert (await ask("DELETE", f"/api/v1/tokens/{uuid.uuid4()}")).status == 404


async def test_a_secret_is_given_once(ask: Any) -> None:
    key = {"headers": {"Idempotency-Key": "first"}}
    first = (await give(ask, "adviser", **key)).document
    again = (await give(ask, "adviser", **key)).document
    assert first["token"]
    assert again == first | {"token": None}
    other = await give(ask, "manager", **key)
    assert (other.status, other.document["title"]) == (422, "This key was used for another request")


async def test_a_providers_token_names_its_establishments_and_no_other_does(ask: Any) -> None:
    assert (await give(ask, "provider", "8604000")).status == 201
    for role, establishments in (("provider", ()), ("manager", ("8604000",)), ("provider", ("x",)), ("system", ())):
        assert (await give(ask, role, *establishments)).status == 422


async def test_the_ledger_is_for_those_who_answer_for_the_figures(ask: Any) -> None:
    path = "/api/v1/cohorts/2026/ledger"
    assert (await ask("GET", path)).document == {"campaign": 2026, "frozen": 0, "live": 0, "entries": []}
    for role, status in (("manager", 200), ("adviser", 403)):
        assert (await ask("GET", path, bearer=(await give(ask, role)).document["token"])).status == status


def test_an_exceptions_entry_says_the_last_reason_that_was_given_for_it() -> None:
    given = [
        {"young_person_id": "5", "op": op, "reason": reason}
        for op, reason in (("remove", "moved in April"), ("add", "lived here in May"), ("remove", "moved in March"))
    ]
    out = {"young_person_id": "5", "change": 1, "reason": "by a named exception", "exception": True}
    died = {"young_person_id": "6", "change": 1, "reason": "died", "exception": True}
    joined = {"young_person_id": "5", "change": 1, "reason": "joined", "exception": False}
    said = [entry["reason"] for entry in reasoned([out, died, joined], given)]
    assert said == ["moved in March", "died", "joined"]


async def test_a_system_in_which_nothing_is_pending_is_settled(ask: Any) -> None:
    settled = (await ask("POST", "/api/v1/settle", json={"timeout": 5})).document
    assert (settled["settled"], settled["behind"], settled["parked"]) == (True, [], [])
    assert settled["watermark"]
    assert (await ask("POST", "/api/v1/settle", json={"timeout": -1})).status == 422


async def test_what_was_said_and_not_yet_heard_keeps_it_from_being_settled(ask: Any, pools: dict[str, Pool]) -> None:
    said = DayPassed(event_id=uuid.uuid4(), source="ingest", happened_on=date(2026, 9, 1), day=date(2026, 9, 1))
    async with transaction(pools["ingest"], "ingest") as connection:
        await append(connection, "ingest", [said])
    settled = (await ask("POST", "/api/v1/settle", json={"timeout": 0})).document
    assert settled["settled"] is False
    assert "status" in {one["reader"] for one in settled["behind"]}
    fresh = (await ask("GET", "/api/v1/freshness", bearer=(await give(ask, "governance")).document["token"])).document
    assert fresh["figures_are_seconds_old"] > 0
    assert (await ask("POST", "/api/v1/settle", json={}, bearer="nobody")).status == 401


async def test_anybody_may_see_that_it_is_alive_and_able(ask: Any) -> None:
    assert (await ask("GET", "/healthz", bearer=None)).document == {"alive": True, "part": "web"}
    assert (await ask("GET", "/readyz", bearer=None)).document["ready"] is True


async def test_every_route_says_who_may_and_turns_away_who_is_unknown(ask: Any) -> None:
    paths = (await ask("GET", "/openapi.json", bearer=None)).document["paths"]
    operations = [(method, path, operation) for path, one in paths.items() for method, operation in one.items()]
    assert operations
    for method, path, operation in operations:
        assert operation["security"] == [{"bearer": []}], path
        assert {"401", "403", "422", "500", "503"} <= operation["responses"].keys(), path
        assert (await ask(method.upper(), path, bearer=None)).status == 401, path
