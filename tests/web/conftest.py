"""Which real web process do tests of the API speak to?"""

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

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


@pytest.fixture
async def pools(settings: Settings) -> AsyncIterator[dict[str, Pool]]:
    async with AsyncExitStack() as stack:
        names = ("ingest", "reporting", "outreach", "web")
        yield {name: await stack.enter_async_context(await open_pool(settings, name)) for name in names}


@pytest.fixture
async def serve(settings: Settings, pools: dict[str, Pool]) -> AsyncIterator[Callable[..., Awaitable[Ask]]]:
    """`ask = await serve(router)`, then `await ask("GET", "/api/v1/…", role="adviser")`."""
    async with AsyncExitStack() as stack:

        async def start(*routers: APIRouter) -> Ask:
            door = Tokens(pools["web"], hashlib.sha256(SYSTEM_SECRET.encode()).hexdigest())
            app = application("0", routers, door=door, pools=pools, settings=settings)
            url = await stack.enter_async_context(served(app))
            session = await stack.enter_async_context(aiohttp.ClientSession())

            async def ask(method: str, path: str, *, bearer: str | None = SYSTEM_SECRET, **given: Any) -> Answer:
                headers = dict(given.pop("headers", {}))
                if bearer is not None:
                    headers["Authorization"] = f"Bearer {bearer}"
                async with session.request(method, url + path, headers=headers, **given) as response:
                    content = await response.read()
                    is_json = "json" in response.content_type and "lines" not in response.content_type
                    return Answer(response, content, await response.json(content_type=None) if is_json else None)

            return ask

        yield start
