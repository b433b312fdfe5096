"""Is it asked who may before anything else, and does every route say it?"""

import uuid
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Request
from pydantic import BaseModel

from shared.plumbing.database import Pool
from shared.web.access import EVERYONE, Account, Role, allow
from shared.web.acts import Act
from shared.web.problems import Refused
from shared.web.routing import AccessUndeclared, router
from shared.web.tokens import issue, revoke


class Note(BaseModel):
    text: str
    pages: int


def notes() -> APIRouter:
    routes = router("notes")

    @routes.post("/notes")
    async def write(note: Note, account: Annotated[Account, allow("coordinator")]) -> dict[str, Any]:
        return {"by": account.role, "pages": note.pages}

    @routes.get("/notes/{establishment}")
    async def read(establishment: str, account: Annotated[Account, allow("adviser", own=("provider",))]) -> list[str]:
        if account.role is Role.PROVIDER and establishment not in account.establishments:
            raise Refused(404, None, "There is no such note, or it is not yours.")
        return list(account.establishments)

    @routes.get("/today")
    async def today(account: Annotated[Account, allow(*EVERYONE)]) -> str:
        return account.role

    return routes


async def token(pools: dict[str, Pool], role: str, *establishments: str) -> str:
    act = Act(uuid.uuid4(), uuid.uuid4(), "")
    issued = await issue(pools["web"], act, Role(role), list(establishments))
    assert issued.secret
    return issued.secret


async def test_nobody_comes_in_without_a_token_in_force(serve: Any) -> None:
    ask = await serve(notes())
    for bearer in (None, "", "wrong", "é"):
        answer = await ask("GET", "/api/v1/today", bearer=bearer)
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.document["title"] == "Sign in first"
    assert (await ask("GET", "/api/v1/today", bearer=None, headers={"Authorization": "Basic eDp5"})).status == 401


async def test_who_may_is_asked_before_what_was_sent(serve: Any, pools: dict[str, Pool]) -> None:
    ask = await serve(notes())
    adviser = await token(pools, "adviser")
    for body in ({"data": b"{not json"}, {"json": {"pages": "many"}}, {"data": b"\xff\xfe"}):
        assert (await ask("POST", "/api/v1/notes", bearer=None, **body)).status == 401
        assert (await ask("POST", "/api/v1/notes", bearer=adviser, **body)).status == 403
        assert (await ask("POST", "/api/v1/notes", **body)).status == 422


async def test_a_role_opens_what_is_declared_for_it_and_nothing_else(serve: Any, pools: dict[str, Pool]) -> None:
    ask = await serve(notes())
    opened = {
        role.value: (await ask("GET", "/api/v1/notes/8604000", bearer=await token(pools, role, "8604000"))).status
        for role in Role
    }
    allowed = {"adviser", "provider", "system"}
    assert opened == {role.value: 200 if role in allowed else 403 for role in Role}


async def test_what_is_anothers_is_not_there(serve: Any, pools: dict[str, Pool]) -> None:
    ask = await serve(notes())
    provider = await token(pools, "provider", "8604000")
    assert (await ask("GET", "/api/v1/notes/8604001", bearer=provider)).status == 404


async def test_a_revoked_token_opens_nothing(serve: Any, pools: dict[str, Pool]) -> None:
    ask = await serve(notes())
    issued = await issue(pools["web"], Act(uuid.uuid4(), uuid.uuid4(), ""), Role.MANAGER, [])
    assert (await ask("GET", "/api/v1/today", bearer=issued.secret)).status == 200
    ended_at = await revoke(pools["web"], Act(uuid.uuid4(), uuid.uuid4(), ""), issued.token_id)
    assert ended_at is not None and ended_at >= issued.recorded_at
    assert (await ask("GET", "/api/v1/today", bearer=issued.secret)).status == 401


async def test_an_unknown_address_of_the_api_says_nothing_to_somebody_unknown(serve: Any) -> None:
    ask = await serve(notes())
    assert (await ask("GET", "/api/v1/nowhere", bearer=None)).status == 401
    assert (await ask("DELETE", "/api/v1/today", bearer=None)).status == 401
    assert (await ask("GET", "/api/v1/nowhere")).status == 404
    assert (await ask("DELETE", "/api/v1/today")).status == 405


async def test_a_secret_is_kept_nowhere(pools: dict[str, Pool]) -> None:
    secret = await token(pools, "manager")
    rows = await pools["web"].fetch("SELECT token::text AS row FROM web.token")
    assert rows and not any(secret in row["row"] for row in rows)


def test_a_route_that_does_not_say_who_may_cannot_be_built() -> None:
    routes = router("notes")
    with pytest.raises(AccessUndeclared):

        @routes.get("/open")
        async def opened(request: Request) -> str:
            return "everything"
