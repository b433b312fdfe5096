"""Has this been asked before under the same key, and was it the same request?"""

import asyncio
import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Header, Request
from starlette.datastructures import FormData, UploadFile

from shared.web.access import Account
from shared.web.problems import Refused

CHUNK = 1 << 20

Key = Annotated[
    str | None,
    Header(min_length=1, max_length=200, description="The same key with the same request leads to the same result."),
]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to be done once: a service stores `act_id` with its effects and compares `request_hash` (hex)."""

    act_id: uuid.UUID
    account_id: uuid.UUID
    request_hash: str


async def act(request: Request, idempotency_key: Key = None) -> Act:
    """For `Annotated[Act, Depends(act)]` beside `allow`; without a key each request is an act of its own."""
    account: Account = request.state.account
    act_id = uuid.uuid5(account.account_id, idempotency_key) if idempotency_key else uuid.uuid4()
    return Act(act_id, account.account_id, await _request_hash(request))


def used_otherwise() -> Refused:
    return Refused(
        422,
        "This key was used for another request",
        "This Idempotency-Key has been used for another request: use a new key, or send the first request again.",
    )


async def _request_hash(request: Request) -> str:
    """The same for two requests that ask for the same, however their JSON or multipart is laid out."""
    said: dict[str, Any] = {
        "method": request.method,
        "path": request.url.path,
        "query": sorted(request.query_params.multi_items()),
        "body": await _body(request),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


async def _body(request: Request) -> Any:
    if request.headers.get("content-type", "").startswith("multipart/"):
        return await _form(await request.form())
    content = await request.body()
    try:
        return json.loads(content) if content else None
    except (ValueError, RecursionError):  # a route that reads no body takes no notice of one
        return content.hex()


async def _form(form: FormData) -> list[tuple[str, str]]:
    return sorted([(name, await _part(part)) for name, part in form.multi_items()])


async def _part(part: UploadFile | str) -> str:
    """Of a file its content counts, never its name."""
    if isinstance(part, str):
        return part
    digest = await asyncio.to_thread(_digest_of, part)
    await part.seek(0)
    return digest


def _digest_of(part: UploadFile) -> str:
    part.file.seek(0)
    digest = hashlib.sha256()
    while chunk := part.file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
