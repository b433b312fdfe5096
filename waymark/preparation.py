"""What must stand before the first process of an installation starts: keys, tables and the way in?"""

import asyncio
import hashlib
import json
import secrets
import sys
from datetime import date
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg
from pydantic import SecretStr

from shared.plumbing.keys import make_key, write_private
from shared.plumbing.migrate import ROLES, MigrationRefused, migrate
from shared.plumbing.settings import OWNER, Settings
from waymark.problems import CannotBeDoneNow, CannotBeUsed

SYSTEM_FILE = "system.json"
TOKEN_HASH = "system_token.sha256"
"""The key under which the web process finds the SHA-256 (hex) of the token that may do everything."""


async def prepare_database(settings: Settings, starts_on: date | None = None) -> None:
    """Passwords and tables, brought to this release; `starts_on` is a simulated clock's first day, for new data."""
    for role in ROLES:
        make_key(settings.keys_dir, role)
    try:
        await migrate(settings, starts_on=starts_on)
    except MigrationRefused as refused:
        raise CannotBeUsed(str(refused)) from None
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failed:
        raise CannotBeDoneNow(f"The database could not be prepared ({_told(failed)}).") from failed


def _told(failed: Exception) -> str:
    """Only of a statement that is wrong in itself the text, which then names tables and no rows."""
    wrong = isinstance(failed, asyncpg.PostgresError) and str(failed.sqlstate).startswith("42")
    return f"{type(failed).__name__}: {failed}" if wrong else type(failed).__name__


def without_password(settings: Settings) -> Settings:
    """The same database, with the owner's password moved to a key, so that it stands in no environment."""
    parts = urlsplit(settings.dsn)
    if not parts.password:
        return settings
    make_key(settings.keys_dir, OWNER)
    write_private(settings.keys_dir / OWNER, unquote(parts.password))
    place = f"{parts.username}@{parts.netloc.rpartition('@')[2]}"
    return settings.model_copy(update={"database_dsn": SecretStr(urlunsplit(parts._replace(netloc=place)))})


def open_the_door(settings: Settings, url: str) -> None:
    """Writes where the system is and the token that opens all of it; the web process is told only its hash."""
    note = settings.data_dir / SYSTEM_FILE
    token = _present_token(settings) or secrets.token_urlsafe(32)
    settings.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(settings.keys_dir / TOKEN_HASH, hashlib.sha256(token.encode()).hexdigest())
    write_private(note, json.dumps({"url": url, "token": token}))


def _present_token(settings: Settings) -> str | None:
    try:
        return str(json.loads((settings.data_dir / SYSTEM_FILE).read_text())["token"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def main() -> None:
    """For installations whose processes somebody else starts: `python -m waymark.preparation`."""
    settings = Settings.from_environment()
    asyncio.run(prepare_database(settings))
    without_password(settings)
    open_the_door(settings, settings.url or f"http://127.0.0.1:{settings.port}")
    print("The database and the keys are ready.", file=sys.stderr)


if __name__ == "__main__":
    main()
