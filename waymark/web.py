"""Who answers at the one address of an installation? This process, `python -m waymark.web`."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib.metadata import version

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from shared.plumbing.database import Pool, open_pool
from shared.plumbing.health import Check, health_server, readiness
from shared.plumbing.process import main
from shared.plumbing.settings import Settings
from shared.web.application import application
from shared.web.tokens import Tokens
from waymark.api import ROUTERS
from waymark.api.refusals import answer_refusals
from waymark.preparation import TOKEN_HASH

PART = "web"
POOLS = ("ingest", "outreach", "reporting", PART)
LEAVE_WITHIN = 5


class Server(uvicorn.Server):
    """Told to stop by its process alone, which then closes what it has opened."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: Settings, stopping: asyncio.Event) -> None:
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(installed(settings))
        server = Server(
            uvicorn.Config(
                app,
                host=settings.host,
                port=settings.port,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                timeout_graceful_shutdown=LEAVE_WITHIN,
            )
        )

        async def serving() -> bool:
            return server.started

        checks = app.state.checks | {"serving": serving}
        await stack.enter_async_context(health_server(settings, PART, checks))
        await _until_told(server, stopping)


@asynccontextmanager
async def installed(settings: Settings) -> AsyncIterator[FastAPI]:
    """Everything under one address, with a pool for each service's role while the block runs."""
    async with AsyncExitStack() as stack:
        pools = {name: await stack.enter_async_context(await open_pool(settings, name)) for name in POOLS}
        door = Tokens(pools[PART], settings.key(TOKEN_HASH))
        app = application(version("waymark"), ROUTERS, door=door, pools=pools, settings=settings)
        answer_refusals(app)
        app.state.checks = {f"database of {name}": _reaches(pool) for name, pool in pools.items()}
        app.add_route("/healthz", _healthz)
        app.add_route("/readyz", _readyz)
        yield app


async def _until_told(server: uvicorn.Server, stopping: asyncio.Event) -> None:
    serving, told = asyncio.create_task(server.serve()), asyncio.create_task(stopping.wait())
    await asyncio.wait((serving, told), return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    server.should_exit = True
    await serving


def _reaches(pool: Pool) -> Check:
    async def reaches() -> bool:
        return await pool.fetchval("SELECT true") is True

    return reaches


async def _healthz(_: Request) -> JSONResponse:
    return JSONResponse({"alive": True, "part": PART})


async def _readyz(request: Request) -> JSONResponse:
    checks: Mapping[str, Check] = request.app.state.checks
    found = await readiness(checks)
    ready = all(found.values())
    return JSONResponse({"ready": ready, "checks": found}, 200 if ready else 503)


if __name__ == "__main__":
    main(PART, serve)
