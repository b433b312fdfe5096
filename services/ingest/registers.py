"""Whom could some rows be, and what is kept of everyone for matching?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from services.ingest.acts import sql
from services.ingest.domain.matching import Known, Match, MatchRow, Register
from services.ingest.domain.row_keys import Keys
from services.ingest.domain.rows import Identity
from shared.domain.events import Said
from shared.plumbing.database import Connection


async def fill(connection: Connection, register: Register, rows: Iterable[MatchRow]) -> None:
    """Everyone of whom a row stands and whom any of these rows could be is in the register."""
    keys = Keys()
    for row in rows:
        keys.take(row.identity, row.named)
    for record in await connection.fetch(sql("known_people"), *keys.columns()):
        register.add(_known(record))


@dataclass(slots=True)
class Births:
    """Whose id a new young person gets: their own again, where they were here before."""

    next_id: int
    dormant: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made_by: Mapping[Said, str] = field(default_factory=dict)
    nameless: Mapping[Said, str] = field(default_factory=dict)
    """Whom a row is of at present, where that person never had a sound UPN by which to come again."""
    taken: set[str] = field(default_factory=set)
    new: list[str] = field(default_factory=list)

    def new_person(self, row: MatchRow) -> str:
        before = chain(
            filter(None, (self.made_by.get(row.said),)),
            self.dormant.get(row.identity.sound_upn or "", ()),
            filter(None, (self.nameless.get(row.said),)),
        )
        who = next((one for one in before if one not in self.taken), None) or self._another()
        self.taken.add(who)
        return who

    def _another(self) -> str:
        who = str(self.next_id)
        self.next_id += 1
        self.new.append(who)
        return who


async def births(connection: Connection, rows: Iterable[MatchRow], returning: Collection[str] = ()) -> Births:
    """`returning` are those of whom no row is believed to stand until it is matched again."""
    made = Births(await connection.fetchval(sql("next_young_person")))
    await expect(connection, made, rows, returning)
    return made


async def expect(
    connection: Connection, made: Births, rows: Iterable[MatchRow], returning: Collection[str] = ()
) -> None:
    """These rows, too, may make somebody who was here before."""
    upns = {row.identity.sound_upn for row in rows if row.cohort and row.identity.sound_upn} - made.dormant.keys()
    if not upns:
        return
    found: dict[str, tuple[str, ...]] = {}
    for record in await connection.fetch(sql("dormant_people"), list(upns), list(returning)):
        found[record["upn"]] = (*found.get(record["upn"], ()), record["young_person_id"])
    made.dormant.update(found)


async def enter_new(connection: Connection, made: Births, number: int) -> None:
    """The young people whom an act made."""
    if made.new:
        await connection.execute(sql("enter_young_people"), made.new, number)
        await connection.execute(sql("move_young_person_number"), made.next_id)


async def keep_known(
    connection: Connection, register: Register, matched: Iterable[tuple[MatchRow, Match]], gone: Collection[str] = ()
) -> None:
    """What is known now of those whom these rows were matched to; of those who are gone no row stands."""
    touched = set[str]()
    upns = set[tuple[str, str]]()
    for row, match in matched:
        touched.add(match.young_person_id)
        if row.identity.sound_upn:
            upns.add((row.identity.sound_upn, match.young_person_id))
    upns -= register.upns
    records = [_record(register.people[who]) for who in sorted(touched)]
    if records:
        await connection.execute(sql("keep_known"), *map(list, zip(*records, strict=True)))
    if forgotten := set(gone) - touched:
        await connection.execute(sql("forget_known"), list(forgotten))
    if upns:
        await connection.execute(sql("enter_upns"), *map(list, zip(*sorted(upns), strict=True)))


def _known(record: Mapping[str, Any]) -> Known:
    known = Known(record["young_person_id"])
    if record["upn"]:
        known.upn = ((record["upn_number"], record["upn_row"]), record["upn"])
    if record["uln"]:
        known.uln = ((record["uln_number"], record["uln_row"]), record["uln"])
    if record["cohort_number"] is not None:
        identity = Identity(name_key=record["name_key"], postcode=record["postcode"])
        known.cohort = ((record["cohort_number"], record["cohort_row"]), identity)
    return known


def _record(known: Known) -> tuple[object, ...]:
    upn_said, upn = known.upn or ((None, None), None)
    uln_said, uln = known.uln or ((None, None), None)
    said, cohort = known.cohort or ((None, None), Identity())
    return known.young_person_id, upn, *upn_said, uln, *uln_said, cohort.name_key, cohort.postcode, *said
