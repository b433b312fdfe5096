"""How does a service reach its tables, of which generation, and where does its SQL lie?"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeAlias

import asyncpg
from pydantic_core import from_json, to_json

from shared.plumbing import clock
from shared.plumbing.metrics import POOL, POOL_WAIT, labels
from shared.plumbing.settings import Settings

Connection: TypeAlias = asyncpg.Connection
Pool: TypeAlias = asyncpg.Pool

LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}
"""No statement, no wait for a lock and no forgotten transaction outlasts these; jobs that read long set their own."""


async def open_pool(settings: Settings, service: str) -> Pool:
    """Connections under the service's own role; the caller closes the pool."""
    pool = await asyncpg.create_pool(
        **settings.connection(service),
        min_size=1,
        max_size=settings.pool_size,
        init=_prepare,
        server_settings=LIMITS | {"application_name": f"waymark {service}"},
    )
    POOL.labels(**labels(pool=service, use="in use")).set_function(lambda: pool.get_size() - pool.get_idle_size())
    POOL.labels(**labels(pool=service, use="idle")).set_function(pool.get_idle_size)
    return pool


async def _prepare(connection: Connection) -> None:
    """jsonb columns are Python values; json columns, such as the journal's, stay text."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=lambda value: to_json(value).decode(), decoder=from_json
    )


@asynccontextmanager
async def transaction(pool: Pool, service: str) -> AsyncIterator[Connection]:
    """One transaction over the service's tables; unqualified names are found in `X_g<n>`, then `X`, then `bus`.

    The generation cannot move while it is open, so it is for those who write: keep it under 2 s.
    """
    async with _connection(pool, service) as connection, connection.transaction():
        await connection.execute("SELECT bus.work_as($1)", service)
        yield connection


@asynccontextmanager
async def snapshot(pool: Pool, service: str) -> AsyncIterator[Connection]:
    """All questions inside see one moment, the generation included; nothing can be written. It may last."""
    async with (
        _connection(pool, service) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        await connection.execute("SELECT bus.look_as($1)", service)
        yield connection


@asynccontextmanager
async def _connection(pool: Pool, service: str) -> AsyncIterator[Connection]:
    began = clock.monotonic()
    async with pool.acquire() as connection:
        POOL_WAIT.labels(**labels(pool=service)).observe(clock.monotonic() - began)
        yield connection


@cache
def queries(package: str) -> Mapping[str, str]:
    """The named statements of `<package>/queries/*.sql`, by name.

    Each begins `-- name: what_it_does`, then a line that describes it. Raises ValueError where a name is used twice
    or a description is missing.
    """
    found: dict[str, str] = {}
    for file in sorted(files(package).joinpath("queries").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            for name, sql in _named(file.read_text(encoding="utf-8"), file.name):
                if name in found:
                    raise ValueError(f"{file.name}: {name} is already the name of another query.")
                found[name] = sql
    return MappingProxyType(found)


def _named(text: str, file: str) -> list[tuple[str, str]]:
    pieces: list[Any] = re.split(r"^-- name: (\w+)[ \t]*$", text, flags=re.MULTILINE)[1:]
    named = list(zip(pieces[::2], pieces[1::2], strict=True))
    for name, sql in named:
        if not re.match(r"\s*-- \S", sql):
            raise ValueError(f"{file}: {name} needs a line that says what it does.")
    return [(name, sql.strip()) for name, sql in named]
