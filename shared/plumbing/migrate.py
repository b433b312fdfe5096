"""How does a database come to have the roles, schemas and tables that this release needs?"""

import hashlib
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import asyncpg

from shared.plumbing.database import Connection
from shared.plumbing.scram import verifier
from shared.plumbing.settings import OWNER, Settings

SERVICES = ("ingest", "status", "outreach", "reporting")
ROLES = (*SERVICES, "relay", "web")
PLUMBING = "plumbing"
OLDEST_SERVER = 18
"""What was replaced is answered by the statement that replaces it (RETURNING old) from here on."""


class MigrationRefused(Exception):
    """The database cannot be brought to this release: say the sentence and leave with 2."""


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered file of SQL."""

    name: str
    sql: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


async def migrate(settings: Settings, *, services: Sequence[str] = SERVICES, starts_on: date | None = None) -> None:
    """Roles, the bus and every service's tables, as the owner of the database; safe to run again and side by side.

    `starts_on` is the first business date of a simulated clock; None is the real one. It counts on new data only.
    """
    connection = await asyncpg.connect(**settings.connection(OWNER))
    try:
        refuse_an_older_server(connection.get_server_version().major)
        async with _alone(connection):
            await _make_roles(connection, settings)
            await _make_bus(connection, settings, starts_on)
            for service in services:
                await _make_kept(connection, settings, service, package=f"services.{service}")
                generation = await connection.fetchval("SELECT n FROM bus.generation WHERE service = $1", service)
                await make_derived(connection, settings, service, generation=generation)
            await _make_kept(connection, settings, "web", package="shared.web")
    finally:
        await connection.close()


def refuse_an_older_server(major: int) -> None:
    if major < OLDEST_SERVER:
        raise MigrationRefused(f"Waymark needs PostgreSQL {OLDEST_SERVER} or later; this server is PostgreSQL {major}.")


async def make_derived(connection: Connection, settings: Settings, service: str, *, generation: int) -> None:
    """The derived tables of one generation, in a schema of its own; a rebuild makes the next beside the present."""
    schema = f"{service}_g{generation}"
    steps = _steps(f"services.{service}", "derived")
    await _make_schema(connection, settings, schema=schema, owner=service)
    await _run(connection, settings, steps, schema=schema, owner=service, path=f"{_name(schema)}, {service}, bus")


async def _make_kept(connection: Connection, settings: Settings, service: str, *, package: str) -> None:
    steps = _steps(package, "kept")
    await _make_schema(connection, settings, schema=service, owner=service)
    await _run(connection, settings, steps, schema=service, owner=service, path=f"{service}, bus")


async def _make_bus(connection: Connection, settings: Settings, starts_on: date | None) -> None:
    await _make_schema(connection, settings, schema="bus", owner=PLUMBING)
    for role in ROLES:
        await connection.execute(f"GRANT USAGE ON SCHEMA bus TO {_name(settings.role(role))}")
    await _run(connection, settings, _steps("shared.plumbing"), schema="bus", owner=PLUMBING, path="bus")
    await connection.execute(
        "INSERT INTO bus.clock (simulated, business_date) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        starts_on is not None,
        starts_on,
    )


@asynccontextmanager
async def _alone(connection: Connection) -> AsyncIterator[None]:
    await connection.execute("SELECT pg_advisory_lock(hashtext('waymark.migrate'))")
    try:
        yield
    finally:
        await connection.execute("SELECT pg_advisory_unlock(hashtext('waymark.migrate'))")


async def _make_roles(connection: Connection, settings: Settings) -> None:
    """The owner of the database becomes a member of every role, and nobody else may connect."""
    database = _name(settings.database)
    await connection.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    for role in (*ROLES, PLUMBING):
        name = settings.role(role)
        login = role != PLUMBING
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
            await connection.execute(f"CREATE ROLE {_name(name)} {'LOGIN' if login else 'NOLOGIN'}")
        if login:
            await connection.execute(f"ALTER ROLE {_name(name)} PASSWORD '{verifier(settings.key(role))}'")
            await connection.execute(f"GRANT CONNECT ON DATABASE {database} TO {_name(name)}")
        await connection.execute(f"GRANT {_name(name)} TO CURRENT_USER")


async def _make_schema(connection: Connection, settings: Settings, *, schema: str, owner: str) -> None:
    role = _name(settings.role(owner))
    await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {_name(schema)} AUTHORIZATION {role}")


async def _run(
    connection: Connection, settings: Settings, steps: Sequence[Step], *, schema: str, owner: str, path: str
) -> None:
    """Each step that this schema has not had yet, in a transaction of its own, under the role that owns it."""
    role = _name(settings.role(owner))
    ledger = f"{_name(schema)}.migration"
    async with connection.transaction():
        await connection.execute(f"SET LOCAL ROLE {role}")
        await connection.execute(
            f"CREATE TABLE IF NOT EXISTS {ledger} (name text PRIMARY KEY, fingerprint text NOT NULL,"
            " applied_at timestamptz NOT NULL DEFAULT clock_timestamp())"
        )
        had = dict(await connection.fetch(f"SELECT name, fingerprint FROM {ledger} ORDER BY name"))
    for step in steps:
        if had.get(step.name, step.fingerprint) != step.fingerprint:
            raise MigrationRefused(f"{schema}: {step.name} has changed since it was applied; add a new file instead.")
        if step.name not in had:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL ROLE {role}")
                await connection.execute(f"SET LOCAL search_path TO {path}")
                await connection.execute(_with_roles(step.sql, settings))
                await connection.execute(
                    f"INSERT INTO {ledger} (name, fingerprint) VALUES ($1, $2)", step.name, step.fingerprint
                )


def _steps(package: str, *folders: str) -> list[Step]:
    folder = files(package).joinpath("migrations", *folders)
    if not folder.is_dir():
        return []
    found = [Step(file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    return sorted((step for step in found if step.name.endswith(".sql")), key=lambda step: step.name)


def _with_roles(sql: str, settings: Settings) -> str:
    """`:"ingest"` in SQL is the role of that service in this database."""
    return re.sub(r':"(\w+)"', lambda found: _name(settings.role(found[1])), sql)


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
