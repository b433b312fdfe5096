"""Is the database that `up` makes durable, closed to strangers, and as an outside one would be?"""

import asyncpg
import pytest

from shared.plumbing.settings import OWNER, Settings
from waymark.embedded import broker, postgres


async def test_the_owner_makes_roles_but_is_no_superuser(settings: Settings) -> None:
    connection = await asyncpg.connect(**settings.connection(OWNER))
    row = await connection.fetchrow("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user")
    assert tuple(row) == (False, True)
    await connection.close()


async def test_a_service_comes_in_with_its_own_password_only(settings: Settings) -> None:
    connection = await asyncpg.connect(**settings.connection("status"))
    assert await connection.fetchval("SELECT current_user") == settings.role("status")
    await connection.close()
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(**settings.connection("status") | {"password": settings.key("outreach")})


async def test_names_are_compared_alike_on_every_machine(settings: Settings) -> None:
    connection = await asyncpg.connect(**settings.connection("status"))
    assert await connection.fetchval("SELECT lower('ÉLODIE') || (ARRAY['b', 'a', 'B'] @> ARRAY['B'])") == "élodietrue"
    await connection.close()


def test_the_database_listens_on_loopback_and_waits_for_the_disk() -> None:
    command = postgres.command(postgres.Path("/data"), 5432)
    assert {"--listen_addresses=127.0.0.1", "--fsync=on", "--synchronous_commit=on"} <= set(command)


def test_no_secret_stands_in_a_command_line(settings: Settings) -> None:
    secrets = [path.read_text() for path in settings.keys_dir.iterdir()]
    command = " ".join([*postgres.command(settings.data_dir, 5432), *broker.command(9092)])
    assert len(secrets) >= 6
    assert not [secret for secret in secrets if secret in command]
