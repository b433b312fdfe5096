"""Which real web process do tests of the API speak to?"""

import asyncio
import hashlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast

import aiohttp
import pytest
import uvicorn
from fastapi import APIRouter, FastAPI

from shared.plumbing.database import Pool, open_pool
from shared.plumbing.settings import Settings
from shared.web.application import application
from shared.web.tokens import Tokens

SYSTEM_SECRET = "the-system-token-of-this-test"

Ask = Callable[..., Awaitable["Answer"]]


class Answer:
    """An answer that was read to its end."""

    def __init__(self, response: aiohttp.ClientResponse, content: bytes, document: Any) -> None:
        self.status = response.status
        self.headers = response.headers
        self.content = content
        self.document = document


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The application on a free port of loopback, by the server that the web process uses."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await running


def asking(session: aiohttp.ClientSession, url: str) -> Ask:
    """`await ask("GET", "/api/v1/…", bearer=secret, json={…})`; the system's own token where none is said."""

    async def ask(method: str, path: str, *, bearer: str | None = SYSTEM_SECRET, **given: Any) -> Answer:
        headers = dict(given.pop("headers", {}))
        if bearer is not None:
            headers["Authorization"] = f"Bearer {bearer}"
        async with session.request(method, url + path, headers=headers, **given) as response:
            content = await response.read()
            is_json = response.content_type in {"application/json", "application/problem+json"}
            return Answer(response, content, json.loads(content) if is_json else None)

    return ask


@pytest.fixture
async def pools(settings: Settings) -> AsyncIterator[dict[str, Pool]]:
    async with AsyncExitStack() as stack:
        names = ("ingest", "reporting", "outreach", "web")
        yield {name: await stack.enter_async_context(await open_pool(settings, name)) for name in names}


@pytest.fixture
def system_hash() -> str:
    return hashlib.sha256(SYSTEM_SECRET.encode()).hexdigest()


@pytest.fixture
async def speak() -> AsyncIterator[Callable[[FastAPI], Awaitable[Ask]]]:
    """`ask = await speak(app)`"""
    async with AsyncExitStack() as stack:

        async def start(app: FastAPI) -> Ask:
            url = await stack.enter_async_context(served(app))
            return asking(await stack.enter_async_context(aiohttp.ClientSession()), url)

        yield start


@pytest.fixture
def serve(settings: Settings, pools: dict[str, Pool], speak: Any, system_hash: str) -> Callable[..., Awaitable[Ask]]:
    """`ask = await serve(router)`"""

    async def start(*routers: APIRouter) -> Ask:
        door = Tokens(pools["web"], system_hash)
        return cast(Ask, await speak(application("0", routers, door=door, pools=pools, settings=settings)))

    return start
