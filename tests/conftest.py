"""Which real database and real broker do tests run against?

`settings`: a migrated database of its own for each test. `broker`: one for the whole run, which a test may kill and
start again; `bus_settings`: both, with topics of its own.
"""

import asyncio
import itertools
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import asyncpg
import pytest

from shared.plumbing.keys import make_key
from shared.plumbing.migrate import ROLES, migrate
from shared.plumbing.settings import OWNER, Settings
from tests.system import System, a_system
from waymark.children import dies_with_us
from waymark.embedded import broker as embedded_broker
from waymark.embedded import postgres
from waymark.embedded.os_user import database_user
from waymark.ports import free_port

SLOW = ("journeys", "chaos", "browser")
NUMBERS = itertools.count(1)
ROOM = 6_000_000_000
"""Bytes that the databases of a whole run need at most, with much to spare."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(folder in item.path.parts for folder in SLOW):
            item.add_marker(pytest.mark.slow)


def wait_until(answers: Callable[[], Awaitable[bool]], child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while not asyncio.run(answers()):
        assert child.poll() is None, f"{child.args!r} ended with {child.returncode}"
        assert time.monotonic() < deadline, f"{child.args!r} does not answer"
        time.sleep(0.02)


@dataclass
class Server:
    """A PostgreSQL for this run, made by the same code as that of `waymark up`, but without waiting for the disk."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def keys_dir(self) -> Path:
        return self.folder / "keys"

    def start(self) -> subprocess.Popen[bytes]:
        user, data = database_user(), self.folder / "postgres"
        postgres.prepare(data, self.keys_dir, user)
        with (self.folder / "postgres.log").open("wb") as log:
            child = subprocess.Popen(
                postgres.command(data, self.port, [("fsync", "off"), ("synchronous_commit", "off")]),
                preexec_fn=dies_with_us(postgres.DIES_ON),
                stderr=log,
                start_new_session=True,
                **user.options,
            )
        wait_until(lambda: postgres.answers(self.port, self.keys_dir), child)
        return child

    def settings(self) -> Settings:
        dsn = f"postgresql://{postgres.DATABASE}@127.0.0.1:{self.port}/{postgres.DATABASE}"
        return Settings.from_environment({}, data_dir=self.folder, database_dsn=dsn, broker_embedded=True)

    async def say(self, *statements: str) -> None:
        """As the superuser, each by itself, because a database is not made in a transaction."""
        connection = await asyncpg.connect(
            host="127.0.0.1",
            port=self.port,
            user=postgres.SUPERUSER,
            password=make_key(self.keys_dir, postgres.SUPERUSER),
            database="postgres",
        )
        for statement in statements:
            await connection.execute(statement)
        await connection.close()


@dataclass
class Broker:
    """A broker that a test may kill and start again, empty, on the same port."""

    port: int = field(default_factory=free_port)
    child: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        if self.child is None:
            self.child = subprocess.Popen(
                embedded_broker.command(self.port),
                preexec_fn=dies_with_us(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            wait_until(lambda: embedded_broker.answers(self.port), self.child)

    def kill(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            self.child = None


def in_memory() -> Path | None:
    """A folder that lies in memory, where there is one with room: hundreds of databases are copied and thrown away."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > ROOM else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="waymark-tests-", dir=in_memory()))
    folder.chmod(0o711)
    server = Server(folder)
    child = server.start()
    yield server
    child.send_signal(postgres.DIES_ON)
    child.wait(30)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(postgres_server: Server) -> Server:
    """The server with a migrated database set aside, of which each test takes a copy under the same name."""
    for role in ROLES:
        make_key(postgres_server.keys_dir, role)

    async def make() -> None:
        await postgres.make_owner(postgres_server.port, postgres_server.keys_dir)
        await migrate(postgres_server.settings())
        await postgres_server.say(f"ALTER DATABASE {postgres.DATABASE} RENAME TO set_aside")

    asyncio.run(make())
    return postgres_server


@pytest.fixture
async def settings(template: Server) -> Settings:
    """A migrated database of its own, on the real clock."""
    name = postgres.DATABASE
    await template.say(
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE set_aside OWNER {name} STRATEGY file_copy",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        *(f"GRANT CONNECT ON DATABASE {name} TO {name}_{role}" for role in ROLES),
    )
    return template.settings()


@pytest.fixture
async def empty_settings(template: Server) -> AsyncIterator[Settings]:
    """A database in which nothing has been made yet; whoever makes it gives the server's roles other passwords."""
    name = postgres.DATABASE
    await template.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} OWNER {name}")
    yield template.settings()
    keys = {role: make_key(template.keys_dir, role) for role in ROLES}
    await template.say(*(f"ALTER ROLE {name}_{role} PASSWORD '{key}'" for role, key in keys.items()))


@pytest.fixture
def simulate(settings: Settings) -> Callable[[date], Awaitable[None]]:
    """Puts the database's clock to a business date, whatever it was: `await simulate(date(2026, 9, 1))`."""

    async def put(day: date) -> None:
        connection = await asyncpg.connect(**settings.connection(OWNER))
        await connection.execute(f"SET ROLE {settings.role('plumbing')}")
        await connection.execute("UPDATE bus.clock SET simulated = true, business_date = $1", day)
        await connection.close()

    return put


@pytest.fixture(scope="session")
def _broker() -> Iterator[Broker]:
    broker = Broker()
    yield broker
    broker.kill()


@pytest.fixture
def broker(_broker: Broker) -> Broker:
    """Running when the test begins, whatever the last one did to it."""
    _broker.start()
    return _broker


@pytest.fixture
def bus_settings(settings: Settings, broker: Broker) -> Settings:
    """The migrated database and the broker, under a topic prefix that no other test has."""
    return settings.model_copy(update={"kafka_bootstrap": broker.bootstrap, "topic_prefix": f"t{next(NUMBERS)}"})


@pytest.fixture
def system() -> Iterator[System]:
    """A whole system, not yet started: `system.up("--clock", "2026-05-01")`, `system.ask("queue")`."""
    with a_system() as system:
        yield system
