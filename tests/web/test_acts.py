"""Is what was asked twice done once, and what was asked otherwise refused?"""

import uuid
from typing import Annotated, Any

import aiohttp
from fastapi import APIRouter, Depends, UploadFile
from fastapi.params import Form
from pydantic import BaseModel

from shared.plumbing.database import Pool
from shared.web.access import EVERYONE, Account, Role, allow
from shared.web.acts import Act, act
from shared.web.routing import router
from shared.web.tokens import issue


class Freeze(BaseModel):
    a: int = 0
    b: int = 0


def acts() -> APIRouter:
    routes = router("acts")
    anyone = allow(*EVERYONE)

    @routes.post("/freeze")
    async def freeze(_: Annotated[Account, anyone], once: Annotated[Act, Depends(act)], asked: Freeze) -> list[str]:
        return [str(once.act_id), once.request_hash]

    @routes.post("/files")
    async def files(
        _: Annotated[Account, anyone],
        once: Annotated[Act, Depends(act)],
        file: UploadFile,
        feed: Annotated[str, Form()],
    ) -> list[str]:
        assert await file.read()
        return [str(once.act_id), once.request_hash]

    return routes


def form(content: bytes, name: str, feed: str) -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field("file", content, filename=name)
    data.add_field("feed", feed)
    return data


async def test_the_same_key_of_the_same_account_is_the_same_act(serve: Any, pools: dict[str, Pool]) -> None:
    ask = await serve(acts())
    other = (await issue(pools["web"], Act(uuid.uuid4(), uuid.uuid4(), ""), Role.MANAGER, [])).secret
    key = {"headers": {"Idempotency-Key": "k1"}, "json": {"a": 1}}
    first = (await ask("POST", "/api/v1/freeze", **key)).document
    assert (await ask("POST", "/api/v1/freeze", **key)).document == first
    assert (await ask("POST", "/api/v1/freeze", **key, bearer=other)).document[0] != first[0]
    assert (await ask("POST", "/api/v1/freeze", json={"a": 1})).document[0] != first[0]


async def test_a_request_is_the_same_however_its_json_is_laid_out(serve: Any) -> None:
    ask = await serve(acts())
    headers = {"Content-Type": "application/json"}
    laid_out = [
        (await ask("POST", "/api/v1/freeze", data=content, headers=headers)).document[1]
        for content in (b'{"a":1,"b":2}', b'{ "b": 2, "a": 1 }', b'{"a":1,"b":3}')
    ]
    assert laid_out[0] == laid_out[1] != laid_out[2]


async def test_of_a_file_its_content_counts_and_not_its_name(serve: Any) -> None:
    ask = await serve(acts())
    sent = [
        (await ask("POST", "/api/v1/files", data=form(*given))).document[1]
        for given in ((b"x,y", "a.csv", "cohort"), (b"x,y", "b.csv", "cohort"), (b"x,z", "a.csv", "cohort"),
                      (b"x,y", "a.csv", "offers"))
    ]  # fmt: skip
    assert sent[0] == sent[1]
    assert len(set(sent)) == 3


async def test_a_key_has_a_size(serve: Any) -> None:
    ask = await serve(acts())
    for key in ("", "x" * 201):
        answer = await ask("POST", "/api/v1/freeze", headers={"Idempotency-Key": key}, json={})
        assert answer.status == 422
        assert answer.document["errors"][0]["where"] == "header idempotency-key"
