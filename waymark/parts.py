"""Which processes make up an installation, in which order do they start and stop, and how is each known to work?"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from pydantic import SecretStr

from shared.plumbing.settings import PREFIX, Settings
from waymark.children import Part
from waymark.embedded import broker, postgres
from waymark.embedded.os_user import database_user
from waymark.ports import free_port, usable
from waymark.preparation import without_password

SERVICES = ("ingest", "status", "outreach", "reporting")
CLEAN = ("PATH", "HOME", "LANG", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Installation:
    """The settings with every port and address filled in, and the parts in the order of their start."""

    settings: Settings
    database: Part | None
    broker: Part | None
    relay: Part
    workers: tuple[Part, ...]
    web: Part

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.settings.host == "0.0.0.0" else self.settings.host
        return f"http://{host}:{self.settings.port}"

    @property
    def post(self) -> tuple[Part, ...]:
        """What runs once the tables are there."""
        return (self.relay, *self.workers, self.web)

    @property
    def stops(self) -> tuple[tuple[Part, ...], ...]:
        """Each group stops together, before the next: whoever reads or writes goes before what it needs."""
        groups = ((self.web,), self.workers, (self.relay,), (self.broker,), (self.database,))
        return tuple(tuple(part for part in group if part) for group in groups)


def installation(settings: Settings) -> Installation:
    """Decides every port now, so that a part that is started again is where it was."""
    settings = settings.model_copy(
        update={"data_dir": settings.data_dir.resolve(), "port": usable(settings.port, settings.host)}
    )
    settings, database = _with_database(settings)
    settings, post = _with_broker(settings)
    return Installation(
        settings,
        database,
        post,
        _python(settings, "relay", "shared.plumbing.relay"),
        tuple(_worker(settings, service, number) for service in SERVICES for number in range(settings.workers)),
        _python(settings, "web", "waymark.web"),
    )


def _with_database(settings: Settings) -> tuple[Settings, Part | None]:
    if settings.database_dsn:
        return without_password(settings), None
    port, keys, folder = usable(settings.postgres_port), settings.keys_dir, settings.data_dir / "postgres"
    user = database_user()
    part = Part(
        "postgres",
        command=lambda: postgres.command(folder, port),
        answers=lambda: postgres.answers(port, keys),
        environment={name: os.environ[name] for name in CLEAN if name in os.environ},
        stops_on=postgres.STOPS_ON,
        dies_on=postgres.DIES_ON,
        patience=30,
        user=user,
    )
    dsn = f"postgresql://{postgres.DATABASE}@127.0.0.1:{port}/{postgres.DATABASE}"
    return settings.model_copy(update={"database_dsn": SecretStr(dsn), "postgres_port": port}), part


def _with_broker(settings: Settings) -> tuple[Settings, Part | None]:
    if settings.kafka_bootstrap:
        return settings, None
    port = usable(settings.broker_port)
    part = Part(
        "broker",
        command=lambda: broker.command(port),
        answers=lambda: broker.answers(port),
        environment={name: os.environ[name] for name in CLEAN if name in os.environ},
    )
    told = {"kafka_bootstrap": f"127.0.0.1:{port}", "broker_port": port, "broker_embedded": True}
    return settings.model_copy(update=told), part


def _worker(settings: Settings, service: str, number: int) -> Part:
    name = service if settings.workers == 1 else f"{service}-{number}"
    return _python(settings.model_copy(update={"worker": number}), name, f"services.{service}", word=service)


def _python(settings: Settings, name: str, module: str, word: str | None = None) -> Part:
    """`python -m module word`: the last is only there for people who look at the machine's processes."""
    port = free_port()
    told = settings.model_copy(update={"health_port": port})
    return Part(
        name,
        command=lambda: [sys.executable, "-m", module, word or name],
        answers=lambda: _is_ready(port),
        environment=_environment(told),
        health_port=port,
    )


def _environment(settings: Settings) -> Mapping[str, str]:
    """Ours as it is, but for what the settings decide and for the way in from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    keys = {name: value for name, value in os.environ.items() if name.startswith(f"{PREFIX}KEY_")}
    return kept | keys | settings.environment() | {"PYTHONUNBUFFERED": "1"}


async def _is_ready(port: int) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(3)) as session,
            session.get(f"http://127.0.0.1:{port}/readyz") as answer,
        ):
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False
