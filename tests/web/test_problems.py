"""Is every refusal a problem that says what to mend and quotes nothing?"""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, Literal

import asyncpg
import pytest
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from shared.web.access import EVERYONE, Account, allow
from shared.web.fields import CampaignYear, Text, YoungPersonNumber
from shared.web.moments import Moment, moment
from shared.web.problems import Refused
from shared.web.routing import router

NAME = "Wilhelmina"


class Wish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Text
    op: Literal["add", "remove"]


def wishes() -> APIRouter:
    routes = router("wishes")
    anyone = allow(*EVERYONE)

    @routes.post("/wishes/{campaign}")
    async def wish(campaign: CampaignYear, asked: Wish, _: Annotated[Account, anyone]) -> str:
        return asked.reason

    @routes.get("/people/{young_person_id}")
    async def person(
        young_person_id: YoungPersonNumber,
        at: Annotated[Moment, Depends(moment)],
        _: Annotated[Account, anyone],
        limit: Annotated[int | None, Query(ge=1)] = None,
    ) -> date:
        return at.as_at

    @routes.get("/broken/{how}")
    async def broken(how: str, _: Annotated[Account, anyone]) -> None:
        if how == "refused":
            raise Refused(409, "Frozen already", "Campaign 2026 was frozen on 4 June 2026.", frozen_on="2026-06-04")
        raise {"fault": ValueError(NAME), "away": asyncpg.CannotConnectNowError(NAME)}[how]

    return routes


UNUSABLE: list[tuple[str, Any, str, str]] = [
    ("/people/1?as_at=20-10-2026", None, "query as_at", "2026-10-20"),
    ("/people/1?as_at=2026-02-30", None, "query as_at", "calendar"),
    ("/people/1?as_at=1", None, "query as_at", "2026-10-20"),
    ("/people/1?as_at=9999-12-31", None, "query as_at", "2026-10-20"),
    ("/people/1?known_at=2026-10-20T09:00:00", None, "query known_at", "offset"),
    ("/people/1?known_at=soon", None, "query known_at", "offset"),
    ("/people/1?limit=0", None, "query limit", "1 or more"),
    ("/people/1?limit=many", None, "query limit", "whole number"),
    ("/people/12345678901", None, "path young_person_id", "1 to 10 digits"),
    ("/wishes/26", {"reason": "x", "op": "add"}, "path campaign", "2000 or more"),
    ("/wishes/2026", {"reason": " ", "op": "add"}, "body reason", "blank"),
    ("/wishes/2026", {"reason": "a\x00b", "op": "add"}, "body reason", "control"),
    ("/wishes/2026", {"reason": "x" * 501, "op": "add"}, "body reason", "at most 500"),
    ("/wishes/2026", {"op": "add"}, "body reason", "required"),
    ("/wishes/2026", {"reason": "x", "op": NAME}, "body op", "'add' or 'remove'"),
    ("/wishes/2026", {"reason": "x", "op": "add", NAME: 1}, "body", "take out"),
    ("/wishes/2026", [NAME], "body", "JSON object"),
]


async def test_what_cannot_be_used_is_named_with_how_to_mend_it(serve: Any) -> None:
    ask = await serve(wishes())
    for path, body, where, says in UNUSABLE:
        given = {} if body is None else {"json": body}
        answer = await ask("GET" if body is None else "POST", f"/api/v1{path}", **given)
        assert answer.status == 422, path
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert NAME.encode() not in answer.content
        (error,) = answer.document["errors"]
        assert error["where"] == where
        assert says in error["mend"]
        assert error["mend"] in answer.document["detail"]


async def test_a_body_that_cannot_be_read_is_a_problem(serve: Any) -> None:
    ask = await serve(wishes())
    for content in (b"{not json", b"\xff", b""):
        headers = {"Content-Type": "application/json"}
        assert (await ask("POST", "/api/v1/wishes/2026", data=content, headers=headers)).status == 422


async def test_a_body_has_a_size_and_who_may_is_asked_before_it(serve: Any) -> None:
    ask = await serve(wishes())
    large = b"x" * 1_000_001

    async def in_pieces() -> AsyncIterator[bytes]:
        yield large

    for body in (large, in_pieces()):
        answer = await ask("POST", "/api/v1/wishes/2026", data=body, headers={"Content-Type": "application/json"})
        assert (answer.status, answer.document["title"]) == (413, "Too large")
    assert (await ask("POST", "/api/v1/wishes/2026", bearer=None, data=large)).status == 401


async def test_a_refusal_says_what_it_was_told_to(serve: Any) -> None:
    ask = await serve(wishes())
    answer = await ask("GET", "/api/v1/broken/refused")
    assert answer.document == {
        "type": "about:blank",
        "title": "Frozen already",
        "status": 409,
        "detail": "Campaign 2026 was frozen on 4 June 2026.",
        "frozen_on": "2026-06-04",
    }


async def test_a_fault_of_ours_says_nothing_of_what_it_met(serve: Any, caplog: pytest.LogCaptureFixture) -> None:
    ask = await serve(wishes())
    answer = await ask("GET", "/api/v1/broken/fault")
    assert answer.status == 500
    assert answer.document["title"] == "A fault of ours"
    assert NAME.encode() not in answer.content
    assert b"Traceback" not in answer.content


async def test_while_the_database_is_away_it_is_worth_asking_again(serve: Any) -> None:
    ask = await serve(wishes())
    answer = await ask("GET", "/api/v1/broken/away")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "1"


async def test_every_answer_is_to_be_taken_as_what_it_says_it_is(serve: Any) -> None:
    ask = await serve(wishes())
    for path in ("/openapi.json", "/", "/api/v1/people/1", "/api/v1/people/x", "/api/v1/broken/fault"):
        for bearer in (None, "the-system-token-of-this-test"):
            assert (await ask("GET", path, bearer=bearer)).headers["X-Content-Type-Options"] == "nosniff", path


async def test_the_description_needs_no_token_and_names_every_refusal(serve: Any) -> None:
    ask = await serve(wishes())
    document = (await ask("GET", "/openapi.json", bearer=None)).document
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert "Problem" in document["components"]["schemas"]
    operation = document["paths"]["/api/v1/people/{young_person_id}"]["get"]
    assert operation["security"] == [{"bearer": []}]
    assert operation["responses"].keys() == {"200", "401", "403", "404", "422", "500", "503"}
    assert "HTTPValidationError" not in str(document)
    for status in ("401", "422"):
        schema = operation["responses"][status]["content"]["application/problem+json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Problem"}
        assert operation["responses"][status]["content"].keys() == {"application/problem+json"}
