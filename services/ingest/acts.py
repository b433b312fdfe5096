"""In which order is ingest's memory changed, and was the same thing asked before?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.plumbing.database import Connection, Pool, queries, transaction

SERVICE = "ingest"


class CannotBeUsed(Exception):
    """What was asked for can never be done so: its text is the sentence for whoever asked."""


class NotKnown(Exception):
    """There is no such submission or young person: its text is the sentence for whoever asked."""


class AskedOtherwise(Exception):
    """The same key was used for another request: nothing is done."""


class NotNow(Exception):
    """It could not be done in the time that was given: ask again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for one thing once: the same `act_id` with the same request has the same result."""

    act_id: UUID
    request_hash: str


def sql(name: str) -> str:
    return queries("services.ingest")[name]


@asynccontextmanager
async def in_turn(pool: Pool) -> AsyncIterator[Connection]:
    """One transaction that has its turn among all acts: what it reads of ingest nobody changes before it ends."""
    async with transaction(pool, SERVICE) as connection:
        await connection.execute(sql("take_turn"))
        yield connection


async def begin(connection: Connection, kind: str) -> int:
    number: int = await connection.fetchval(sql("begin_act"), kind)
    return number


async def finish(connection: Connection, number: int, recorded_at: datetime | None) -> datetime:
    """`recorded_at` is the journal's; None where the act said nothing."""
    moment: datetime = await connection.fetchval(sql("finish_act"), number, recorded_at)
    return moment


async def result_of(connection: Connection, asked: Asked) -> dict[str, Any] | None:
    """What came of the same request before; raises AskedOtherwise."""
    found = await connection.fetchrow(sql("was_asked"), asked.act_id)
    if found is None:
        return None
    if found["request_hash"] != asked.request_hash:
        raise AskedOtherwise
    result: dict[str, Any] = found["result"]
    return result


async def remember(connection: Connection, asked: Asked, result: dict[str, Any]) -> dict[str, Any]:
    await connection.execute(sql("remember_asked"), asked.act_id, asked.request_hash, result)
    return result


async def reached(connection: Connection, known_at: datetime) -> int:
    """The number of the last act that was recorded by a moment."""
    number: int = await connection.fetchval(sql("act_reached"), known_at)
    return number
