"""Is this process alive, is it able to do its work, and what has it counted?"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from shared.plumbing.metrics import Installation
from shared.plumbing.settings import Settings

Check = Callable[[], Awaitable[bool]]
"""Answers whether one thing that the process needs is there; an exception or 2 s of silence count as no."""

PATIENCE = 2.0


@asynccontextmanager
async def health_server(settings: Settings, part: str, checks: Mapping[str, Check]) -> AsyncIterator[int]:
    """Serves /healthz, /readyz and /metrics while the block runs; yields the port."""
    runner = web.AppRunner(_application(settings, part, checks), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.health_host, settings.health_port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _application(settings: Settings, part: str, checks: Mapping[str, Check]) -> web.Application:
    registry = CollectorRegistry()
    registry.register(Installation(settings.authorities[0], part))

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"alive": True, "part": part})

    async def readyz(_: web.Request) -> web.Response:
        found = await readiness(checks)
        ready = all(found.values())
        return web.json_response({"ready": ready, "checks": found}, status=200 if ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    return application


async def readiness(checks: Mapping[str, Check]) -> dict[str, bool]:
    """Each check's answer, all asked at once."""
    answers = await asyncio.gather(*(_answer(check) for check in checks.values()))
    return dict(zip(checks, answers, strict=True))


async def _answer(check: Check) -> bool:
    try:
        return await asyncio.wait_for(check(), PATIENCE)
    except Exception:
        return False
