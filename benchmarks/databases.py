"""Which PostgreSQL does a benchmark use, and how does it get the same database again for each turn?"""

import asyncio
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import asyncpg

from shared.plumbing.database import Connection
from shared.plumbing.keys import make_key
from shared.plumbing.migrate import ROLES
from shared.plumbing.settings import Settings
from waymark.children import dies_with_us
from waymark.embedded import postgres
from waymark.embedded.os_user import database_user
from waymark.ports import free_port
from waymark.preparation import prepare_database

STARTS_WITHIN = 60.0


@dataclass
class Server:
    """The embedded PostgreSQL with the settings that an installation has: it waits for the disk."""

    folder: Path
    port: int = field(default_factory=free_port)
    pid: int = 0

    @property
    def keys_dir(self) -> Path:
        return self.folder / "keys"

    def settings(self, database: str = postgres.DATABASE) -> Settings:
        dsn = f"postgresql://{postgres.DATABASE}@127.0.0.1:{self.port}/{database}"
        return Settings.from_environment({}, data_dir=self.folder, database_dsn=dsn, broker_embedded=True)

    async def make(self, starts_on: date, database: str = postgres.DATABASE) -> Settings:
        """A migrated database under a simulated clock; what was in it before is gone."""
        await self.say(
            f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", f"CREATE DATABASE {database} OWNER {postgres.DATABASE}"
        )
        settings = self.settings(database)
        await prepare_database(settings, starts_on)
        return settings

    async def set_aside(self, database: str = postgres.DATABASE) -> None:
        """From now on `again` gives the database as it is at this moment; nobody may be connected to it."""
        await self.say(f"ALTER DATABASE {database} RENAME TO {database}_aside")

    async def again(self, database: str = postgres.DATABASE) -> Settings:
        await self.say(
            f"DROP DATABASE IF EXISTS {database} WITH (FORCE)",
            f"CREATE DATABASE {database} TEMPLATE {database}_aside OWNER {postgres.DATABASE} STRATEGY file_copy",
            f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            *(f"GRANT CONNECT ON DATABASE {database} TO {database}_{role}" for role in ROLES),
            "CHECKPOINT",
        )
        return self.settings(database)

    async def say(self, *statements: str, database: str = "postgres") -> None:
        """As the superuser, each by itself, because a database is not made in a transaction."""
        async with self.looking(database) as connection:
            for statement in statements:
                await connection.execute(statement)

    @asynccontextmanager
    async def looking(self, database: str) -> AsyncIterator[Connection]:
        """As the superuser, who sees everything."""
        connection = await asyncpg.connect(
            host="127.0.0.1",
            port=self.port,
            user=postgres.SUPERUSER,
            password=make_key(self.keys_dir, postgres.SUPERUSER),
            database=database,
        )
        try:
            yield connection
        finally:
            await connection.close()


@contextmanager
def a_server() -> Iterator[Server]:
    """Running while the block runs; all its data are gone after it."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-benchmark-"))
    folder.chmod(0o711)
    server, user = Server(folder), database_user()
    postgres.prepare(folder / "postgres", server.keys_dir, user)
    with (folder / "postgres.log").open("wb") as log:
        child = subprocess.Popen(
            postgres.command(folder / "postgres", server.port),
            preexec_fn=dies_with_us(postgres.DIES_ON),
            stderr=log,
            start_new_session=True,
            **user.options,
        )
    server.pid = child.pid
    try:
        asyncio.run(_begin(server))
        yield server
    finally:
        child.send_signal(postgres.STOPS_ON)
        child.wait(STARTS_WITHIN)
        shutil.rmtree(folder, ignore_errors=True)


async def _begin(server: Server) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not await postgres.answers(server.port, server.keys_dir):
        if time.monotonic() > deadline:
            raise TimeoutError("The database does not start.")
        await asyncio.sleep(0.05)
    await postgres.make_owner(server.port, server.keys_dir)
