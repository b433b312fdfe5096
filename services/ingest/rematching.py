"""Whose are the rows that may rest on a submission that is gone, and what is said of the difference?"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.ingest import kept_rows, registers, waiting_rows
from services.ingest.acts import sql
from services.ingest.desk import Desk
from services.ingest.domain.matching import Act, Match, MatchRow, Register, replay
from services.ingest.moves import move
from shared.domain.events import Said
from shared.domain.vocabulary import Feed
from shared.domain.written import Sayable
from shared.plumbing.database import Connection


@dataclass(slots=True)
class Linked:
    """Rows that share a sound identifier, a name with birth or a person, however many steps apart."""

    rows: dict[Said, MatchRow] = field(default_factory=dict)
    now: dict[Said, Match | None] = field(default_factory=dict)
    seen: tuple[set[str], set[str], set[str], set[str]] = field(default_factory=lambda: (set(), set(), set(), set()))

    def take(self, records: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[str], list[str], list[str]]:
        """Adds rows; returns the UPNs, ULNs, names and people by which more may be linked."""
        new: tuple[set[str], set[str], set[str], set[str]] = (set(), set(), set(), set())
        for record in records:
            row, who = kept_rows.kept_match_row(record), record["young_person_id"]
            self.rows[row.said] = row
            self.now[row.said] = Match(who, record["made"], record["gives_uln"]) if who else None
            identity = row.identity
            keys = ((identity.sound_upn,), (identity.sound_uln,), (identity.name_key,), (who, row.named))
            for kind, given in enumerate(keys):
                new[kind].update(key for key in given if key and key not in self.seen[kind])
        for kind, keys_of_kind in enumerate(new):
            self.seen[kind].update(keys_of_kind)
        return list(new[0]), list(new[1]), list(new[2]), list(new[3])


async def rows_withdrawn(connection: Connection, desk: Desk, gone: int, number: int) -> list[Sayable]:
    """Matches anew whatever may rest on the rows that are gone, and says the difference."""
    linked = await _linked(connection, gone)
    standing = {said: row for said, row in linked.rows.items() if said[0] != gone}
    births = await registers.births(connection, standing.values(), linked.seen[3])
    births.made_by = await _made_by(connection, standing)
    births.nameless = await _nameless(connection, {said: linked.now[said] for said in standing})
    found = await asyncio.to_thread(replay, await _acts(connection, standing), births.new_person)
    await registers.enter_new(connection, births, number)
    await _keep_known(connection, standing, found, linked.seen[3])
    moves = {said: None for said in linked.rows if said[0] == gone}
    changed = {said: one for said, one in found.items() if one != linked.now[said]}
    await waiting_rows.mark_near(connection, linked.rows, found)
    return await move(connection, number, moves | changed, desk, gone=gone)


async def _linked(connection: Connection, gone: int) -> Linked:
    linked = Linked()
    keys = linked.take(await connection.fetch(sql("rows_of_submission"), gone))
    while any(keys):
        keys = linked.take(await connection.fetch(sql("rows_linked_by"), *keys))
    return linked


async def _acts(connection: Connection, standing: Mapping[Said, MatchRow]) -> list[Act]:
    """The submissions that stand and have such rows, with every cohort file: each has those who wait tried again."""
    rows: dict[int, list[MatchRow]] = {}
    for said in sorted(standing):
        rows.setdefault(said[0], []).append(standing[said])
    known = await connection.fetch(sql("standing_submissions"), list(rows))
    return [Act(act["number"], act["feed"] == Feed.COHORT, rows.get(act["number"], ())) for act in known]


async def _made_by(connection: Connection, rows: Iterable[Said]) -> dict[Said, str]:
    """Whom these rows have made at some time, the first of them."""
    numbers = [list(column) for column in zip(*rows, strict=True)] or [[], []]
    made = await connection.fetch(sql("made_by_rows"), *numbers)
    return {(row["number"], row["row"]): row["young_person_id"] for row in made}


async def _nameless(connection: Connection, now: Mapping[Said, Match | None]) -> dict[Said, str]:
    """Whom these rows are of, where that person never had a sound UPN by which to come again."""
    whose = {said: one.young_person_id for said, one in now.items() if one}
    known = {row["young_person_id"] for row in await connection.fetch(sql("with_upn"), list(set(whose.values())))}
    return {said: who for said, who in whose.items() if who not in known}


async def _keep_known(
    connection: Connection, rows: Mapping[Said, MatchRow], found: Mapping[Said, Match | None], people: Iterable[str]
) -> None:
    register = Register()
    matched = [(rows[said], one) for said, one in sorted(found.items()) if one]
    for row, one in matched:
        register.learn(row, one)
    await registers.keep_known(connection, register, matched, list(people))
