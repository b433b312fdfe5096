"""Which of the rows that are nobody's yet could be somebody's by now?

Only a row by one of whose keys somebody is known can be matched. A row is marked while that may be so, and whoever
comes to be known by a key has the rows looked up that have it: what else ever waited is left alone.
"""

from collections.abc import Mapping

from services.ingest.acts import sql
from services.ingest.domain.matching import Match, MatchRow, Register
from services.ingest.domain.row_keys import Keys
from services.ingest.kept_rows import kept_match_row
from shared.domain.events import Said
from shared.plumbing.database import Connection


async def to_try(connection: Connection, gained: Keys) -> dict[Said, MatchRow]:
    """Those that are marked or have a key that was gained, and whatever shares a key with one of them."""
    found = {row.said: row for row in map(kept_match_row, await connection.fetch(sql("near_rows")))}
    seen, new = Keys(), _keys(found)
    new.add(gained)
    while new:
        seen.add(new)
        more = await with_keys(connection, new)
        new = _keys(more).beyond(seen)
        found |= more
    return found


async def with_keys(connection: Connection, keys: Keys) -> dict[Said, MatchRow]:
    if not keys:
        return {}
    rows = map(kept_match_row, await connection.fetch(sql("waiting_rows"), *keys.columns()))
    return {row.said: row for row in rows}


async def mark(connection: Connection, register: Register, rows: Mapping[Said, MatchRow]) -> None:
    """Whether anybody is known by a key of these rows; of those that wait no longer it does not matter."""
    if rows:
        records = [(*said, register.is_near(row)) for said, row in rows.items()]
        await connection.execute(sql("set_near"), *map(list, zip(*records, strict=True)))


async def mark_near(connection: Connection, rows: Mapping[Said, MatchRow], found: Mapping[Said, Match | None]) -> None:
    """After a replay: its own rows that wait, and those that name somebody of whom a row stands again."""
    whose = Keys(people={one.young_person_id for one in found.values() if one})
    near = await with_keys(connection, whose)
    near |= {said: rows[said] for said, one in found.items() if one is None}
    if near:
        numbers, lines = zip(*near, strict=True)
        await connection.execute(sql("set_near"), list(numbers), list(lines), [True] * len(near))


def _keys(rows: Mapping[Said, MatchRow]) -> Keys:
    keys = Keys()
    for row in rows.values():
        keys.take(row.identity, row.named)
    return keys
