"""Is whatever may be sent answered by a status that /openapi.json names, and never by a fault of ours?"""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from shared.plumbing.keys import write_private
from shared.plumbing.settings import Settings
from waymark.preparation import TOKEN_HASH
from waymark.web import installed

TEXTS = ("", "-1", "99999999999999999999", "NaN", "2026-02-30", "9999-12-31T23:59:59-14:00", "a\x00b", "x" * 3000)
PATHS = ("1", "-1", "99999999999999999999", "a%00b", "%ff", "00000000-0000-0000-0000-000000000000")
JSON = "application/json"
BODIES = (
    (JSON, b""),
    (JSON, b"null"),
    (JSON, b"{}"),
    (JSON, b"{"),
    (JSON, b"\xff\xfe"),
    (JSON, b'{"timeout":NaN}'),
    (JSON, b"[" * 20000),
    (JSON, b'{"reason":"\\u0000","to":"0001-01-01","op":"add","young_person_id":"1","upn":"\\u0000"}'),
    (JSON, b'{"role":"adviser","establishments":["\\ud800"],"upn":"\\ud800","reason":"\\ud800"}'),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\n\r\n"),
    ("text/plain", b"{}"),
)
LEFT_OUT = {"/api/v1/verify"}
"""Starts a process; it reads nothing that is sent."""


@pytest.fixture
async def ask(settings: Settings, system_hash: str, speak: Any, simulate: Any) -> AsyncIterator[Any]:
    await simulate(date(2026, 5, 2))
    write_private(settings.keys_dir / TOKEN_HASH, system_hash)
    async with installed(settings.model_copy(update={"kafka_bootstrap": "127.0.0.1:9"})) as app:
        yield await speak(app)


async def operations(ask: Any) -> list[tuple[str, str, dict[str, Any]]]:
    paths = (await ask("GET", "/openapi.json")).document["paths"]
    return [
        (method.upper(), path, operation)
        for path, one in paths.items()
        if path not in LEFT_OUT
        for method, operation in one.items()
    ]


def named(path: str, value: str) -> str:
    begin, _, rest = path.partition("{")
    return f"{begin}{value}{rest.partition('}')[2]}" if rest else path


async def check(ask: Any, method: str, path: str, operation: dict[str, Any], **given: Any) -> None:
    answer = await ask(method, path, **given)
    known = {int(status) for status in operation["responses"]} - {500, 503}
    assert answer.status in known, f"{method} {path[:80]} {str(given)[:80]}: {answer.status}"


async def test_no_text_in_a_query_is_too_much(ask: Any) -> None:
    for method, path, operation in await operations(ask):
        names = [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"]
        for name in names if method == "GET" else ():
            for text in TEXTS:
                given = {"campaign": "2026"} | {name: text}
                await check(ask, method, named(path, "2026"), operation, params=given)


async def test_no_name_in_a_path_is_too_much(ask: Any) -> None:
    for method, path, operation in await operations(ask):
        for value in PATHS if "{" in path else ():
            await check(ask, method, named(path, value), operation)


async def test_no_body_is_too_much(ask: Any) -> None:
    for method, path, operation in await operations(ask):
        for number, (kind, body) in enumerate(BODIES if method == "POST" else ()):
            headers = {"Content-Type": kind, "Idempotency-Key": str(number)}
            await check(ask, method, named(path, "2026"), operation, data=body, headers=headers)
