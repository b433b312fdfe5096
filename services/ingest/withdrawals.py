"""What follows when a submission is taken back? Everything is as if it had never been sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.ingest import acts, directory_files, directory_rows, kept_rows, registers
from services.ingest.acts import SERVICE, Asked, CannotBeUsed, NotKnown, sql
from services.ingest.desk import Desk
from services.ingest.domain.evidence import Sending
from services.ingest.domain.matching import Act, Match, MatchRow, Register, replay
from services.ingest.moves import move
from services.ingest.returns import returned
from services.ingest.submissions import FROM_COUNCIL
from shared.domain.events import Event, Said
from shared.domain.vocabulary import Feed
from shared.plumbing import journal
from shared.plumbing.database import Connection


async def withdraw(desk: Desk, submission_id: UUID, reason: str, asked: Asked) -> dict[str, Any]:
    """Takes a submission back; one that is withdrawn already stays as it is."""
    async with acts.in_turn(desk.pool) as connection:
        known = await acts.result_of(connection, asked)
        if known is not None:
            return known
        found = await connection.fetchrow(sql("to_withdraw"), submission_id)
        if found is None:
            raise NotKnown("There is no such submission.")
        if found["state"] == "withdrawn":
            at = found["withdrawn_at"]
        elif found["state"] == "accepted":
            at = await _withdraw(connection, desk, found, reason)
        else:
            raise CannotBeUsed(f"This submission is {found['state']}: only one that was accepted can be withdrawn.")
        return await acts.remember(connection, asked, {"recorded_at": at.isoformat()})


async def _withdraw(connection: Connection, desk: Desk, found: Mapping[str, Any], reason: str) -> Any:
    feed, sending = Feed(found["feed"]), _sending(found)
    key = (sending.sender, feed, sending.campaign)
    before: date | None = await connection.fetchval(sql("earliest_return"), *key)
    providers = await desk.known_providers(connection)
    number = await acts.begin(connection, "withdrawal")
    await connection.execute(sql("withdraw"), found["submission_id"], number, reason)
    if feed in FROM_COUNCIL:
        rows = await directory_rows.of_submission(connection, sending.number, feed)
        act = Sending(sending.submission_id, number, sending.sent_on, sending.campaign, sending.sender, sending.kind)
        events = await directory_files.changed(connection, desk, act, rows, providers)
    else:
        events = await _rows_withdrawn(connection, desk, sending.number, number)
    now: date | None = await connection.fetchval(sql("earliest_return"), *key)
    events += returned(sending, feed, before, now)
    return await acts.finish(connection, number, await journal.append(connection, SERVICE, events))


def _sending(found: Mapping[str, Any]) -> Sending:
    return Sending(found["submission_id"], found["number"], found["sent_on"], found["campaign"], found["sender"], None)


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


async def _rows_withdrawn(connection: Connection, desk: Desk, gone: int, number: int) -> list[Event]:
    """Matches anew whatever may rest on the rows that are gone, and says the difference."""
    linked = await _linked(connection, gone)
    standing = {said: row for said, row in linked.rows.items() if said[0] != gone}
    births = await registers.births(connection, standing.values(), linked.seen[3])
    births.made_by = await _made_by(connection, standing)
    births.nameless = await _nameless(connection, {said: linked.now[said] for said in standing})
    found = replay(await _acts(connection, standing), births.new_person)
    await registers.enter_new(connection, births, number)
    await _keep_known(connection, standing, found, linked.seen[3])
    moves = {said: None for said in linked.rows if said[0] == gone}
    changed = {said: one for said, one in found.items() if one != linked.now[said]}
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
