"""Is every named query asked by somebody, and does the database understand it?"""

from collections.abc import Mapping

import asyncpg
import pytest

from shared.plumbing.database import queries
from shared.plumbing.settings import OWNER, Settings
from tests.house.source import CODE, ROOT, files, place

PACKAGES = sorted({place(path.parent.parent).replace("/", ".") for path in files(*CODE, suffix=".sql")
                   if path.parent.name == "queries"})  # fmt: skip


@pytest.mark.parametrize("package", PACKAGES)
def test_every_named_query_is_used(package: str) -> None:
    code = "".join(path.read_text() for path in files(package.replace(".", "/")))
    assert not [name for name in queries(package) if f'"{name}"' not in code]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_query_of_many_rows_has_an_order(package: str) -> None:
    unordered = [name for name, sql in queries(package).items() if " LIMIT " in sql and "ORDER BY" not in sql]
    assert not unordered


async def test_every_named_query_prepares(settings: Settings) -> None:
    connection = await asyncpg.connect(**settings.connection(OWNER))
    refused: dict[str, str] = {}
    for package in PACKAGES:
        await connection.execute(f"SET search_path TO {_path(package)}")
        refused |= await _refused(connection, package, queries(package))
    await connection.close()
    assert not refused


def _path(package: str) -> str:
    service = package.rpartition(".")[2]
    return f"{service}_g1, {service}, bus" if (ROOT / "services" / service).is_dir() else "bus"


async def _refused(connection: asyncpg.Connection, package: str, named: Mapping[str, str]) -> dict[str, str]:
    refused = {}
    for name, sql in named.items():
        try:
            await connection.prepare(sql)
        except asyncpg.PostgresError as error:
            refused[f"{package}: {name}"] = str(error)
    return refused
