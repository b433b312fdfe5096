"""What becomes of a person on whom a rule fails, and of a message that nobody can make out?"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from shared.plumbing import positions
from shared.plumbing.database import Connection, Pool, queries, transaction
from shared.plumbing.entry import Entry
from shared.plumbing.faults import ControlFailed, TooManyDeadLetters, TooManyParked, where_it_arose
from shared.plumbing.journal import Head

LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these a reader stops: the fault is then ours, and nobody is helped by setting more aside."""

    parked: int = 25
    dead_letters: int = 100


USUAL: Final = Limits()


@dataclass(frozen=True, slots=True)
class Place:
    """A number on a head, as one reader sees it."""

    reader: str
    head: Head
    seq: int


async def among(connection: Connection, reader: str, head: Head, people: Sequence[str | None]) -> frozenset[str]:
    """Those of these people who are parked at this reader on this lane."""
    asked = sorted({person for person in people if person is not None})
    if not asked:
        return frozenset()
    rows = await connection.fetch(queries("shared.plumbing")["parked_among"], reader, head.lane, asked)
    return frozenset(row["young_person_id"] for row in rows)


async def set_aside(pool: Pool, reader: str, limits: Limits, *, head: Head, entry: Entry, error: BaseException) -> None:
    """Parks the person of one event that fails and steps over it. Raises ControlFailed where it is about nobody."""
    if entry.young_person_id is None:
        raise ControlFailed(f"{entry.type} at {head.lane} {head.partition} {entry.seq} fails in {reader}.") from error
    async with transaction(pool, reader) as connection:
        if await positions.hold(connection, reader, head) == entry.seq - 1:
            await park(connection, Place(reader, head, entry.seq), entry.young_person_id, error, limits)
            await positions.move(connection, reader, head, entry.seq)


async def park(connection: Connection, place: Place, person: str, error: BaseException, limits: Limits) -> None:
    """From this place on nothing of this person is applied. Raises TooManyParked past the limit."""
    sql = queries("shared.plumbing")
    if await connection.fetchval(sql["count_parked"], place.reader) >= limits.parked:
        raise TooManyParked(f"{limits.parked} people are parked in {place.reader}: the fault is in a rule.") from error
    code = "unreadable" if isinstance(error, ValidationError) else "rule-failed"
    said = (code, where_it_arose(error))
    told = {"reader": place.reader, "young_person_id": person, "lane": place.head.lane, "code": code}
    LOG.error("Nothing more of somebody is applied: %s.", where_it_arose(error), extra=told)
    await connection.execute(sql["park"], place.reader, person, *place.head, place.seq, *said)


async def keep_dead_letter(pool: Pool, reader: str, limits: Limits, *, head: Head, topic: str, message: bytes) -> None:
    """Keeps a message that is no parcel of ours, as it came. Raises TooManyDeadLetters past the limit."""
    sql = queries("shared.plumbing")
    why = ("unreadable", "It is not a parcel of events.")
    async with pool.acquire() as connection, connection.transaction():
        if await connection.fetchval(sql["count_dead_letters"], reader) >= limits.dead_letters:
            raise TooManyDeadLetters(f"{limits.dead_letters} messages cannot be read in {reader}.")
        await connection.execute(sql["keep_dead_letter"], reader, topic, head.partition, *why, message)
