"""Where does status keep its cases and the facts that all decisions share?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic_core import from_json, to_json

from services.status.domain.case import Case, Version
from services.status.domain.control import Freeze
from services.status.domain.facets import Ask
from services.status.domain.grounds import UNKNOWN, Grounds
from services.status.domain.history import History, Versions
from services.status.domain.pieces import Piece
from services.status.domain.rules import Rules
from shared.domain.events import CohortFrozen, Expectation, Said, SubmissionReturned
from shared.plumbing.database import Connection, queries

ASKS: Final = ("young_person_id", "campaign", "feed", "provider", "from_on", "to_on")


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one person: the case, what it comes to, the mark of each facet as last told, and their asks."""

    case: Case | None = None
    """None: nothing yet, or as it is kept."""
    grounds: Grounds = UNKNOWN
    marks: Mapping[str, str] = field(default_factory=dict)
    asks: Sequence[Ask] | None = None
    """On whose return they hang; None: as it is kept."""
    kept_asks: str = ""
    """The mark of what is kept of that."""
    follows: frozenset[int] = frozenset()
    """The campaigns of which it is kept that they are a matter."""


async def load(connection: Connection, people: Sequence[str], basis: str, *, cases: bool = True) -> dict[str, Held]:
    """What is held of each of these people; of somebody new, nothing.

    Without `cases` they are left where they are, but for those whose grounds rest on another than the present `basis`.
    """
    rows = await connection.fetch(_sql("load_cases"), sorted(people), cases, basis)
    held = {person: _held(basis, evidence, from_json(told), asks) for person, evidence, told, asks in rows}
    return {person: held.get(person, Held()) for person in people}


async def save(connection: Connection, held: Mapping[str, Held]) -> None:
    """Keeps these people's cases, what was told of them and on whose return they hang."""
    people = sorted(held)
    marks = {p: held[p].kept_asks if (asks := held[p].asks) is None else _mark(asks) for p in people}
    if heard := [(person, case) for person in people if (case := held[person].case) is not None]:
        await connection.execute(
            _sql("save_cases"),
            [person for person, _ in heard],
            [_written(case) for _, case in heard],
            [_told(held[person]) for person, _ in heard],
            [marks[person] for person, _ in heard],
        )
        if new := [
            (c, person) for person, _ in heard for c in held[person].grounds.places.keys() - held[person].follows
        ]:
            await connection.execute(_sql("follow"), *map(list, zip(*new, strict=True)))
    if others := [person for person in people if held[person].case is None]:
        told = [_told(held[person]) for person in others]
        await connection.execute(_sql("save_told"), others, told, [marks[person] for person in others])
    if moved := [person for person in people if marks[person] != held[person].kept_asks]:
        await connection.execute(_sql("forget_asks"), moved)
        hanging = [(person, *ask) for person in moved for ask in held[person].asks or ()]
        await connection.copy_records_to_table("asks", columns=ASKS, records=hanging)


def _held(basis: str, evidence: str | None, told: Mapping[str, Any], asks: str) -> Held:
    case, grounds = None if evidence is None else _case(evidence), _grounds(basis, told.get("grounds", {}))
    return Held(case, grounds, told.get("marks", {}), None, asks, frozenset(grounds.places))


def _grounds(basis: str, found: Mapping[str, Any]) -> Grounds:
    if found.get("basis") != basis:
        return UNKNOWN
    keyed = {name: {int(key): text for key, text in found[name].items()} for name in ("places", "standings", "spells")}
    return Grounds(**{**found, **keyed, "years": tuple(found["years"])})


def _told(held: Held) -> str:
    return to_json({"grounds": held.grounds, "marks": held.marks}).decode()


def _mark(asks: Sequence[Ask]) -> str:
    return hashlib.blake2b(to_json(asks), digest_size=9).hexdigest() if asks else ""


async def fingerprint(connection: Connection) -> str:
    """Differs whenever a control fact has been added."""
    found: str = await connection.fetchval(_sql("control_fingerprint"))
    return found


async def history(connection: Connection, rules: Rules, authorities: frozenset[str]) -> History:
    """Every control fact that was ever heard."""
    freezes = await connection.fetch(_sql("freezes"))
    return History(
        rules=rules,
        authorities=authorities,
        expected=await _versions(connection, "expectations"),
        returned=await _versions(connection, "returns"),
        freezes=[(campaign, Freeze(number, known_from)) for campaign, number, known_from in freezes],
    )


async def expect(connection: Connection, expectations: Sequence[Expectation], known_from: datetime) -> Sequence[str]:
    """Notes what is expected, and answers the people of this partition who hang on it."""
    keys = [
        [one.provider for one in expectations],
        [one.feed for one in expectations],
        [one.campaign for one in expectations],
    ]
    due = [one.due_on for one in expectations]
    await connection.execute(_sql("add_expectations"), *keys, due, known_from)
    return [row[0] for row in await connection.fetch(_sql("people_who_ask"), *keys, None)]


async def note_return(connection: Connection, event: SubmissionReturned) -> Sequence[str]:
    """Notes a provider's earliest return, and answers the people of this partition whose days it can move."""
    key = (event.provider, event.feed, event.campaign)
    before = await connection.fetchval(_sql("add_return"), *key, event.recorded_at, event.returned_on)
    earlier = min((day for day in (before, event.returned_on) if day is not None), default=None)
    rows = await connection.fetch(_sql("people_who_ask"), *([part] for part in key), earlier)
    return [row[0] for row in rows]


async def note_freeze(connection: Connection, event: CohortFrozen) -> Sequence[str]:
    """Notes that a campaign is frozen, and answers the people of this partition who have evidence for it."""
    await connection.execute(_sql("add_freeze"), event.campaign, event.number, event.recorded_at)
    return [row[0] for row in await connection.fetch(_sql("people_of_campaign"), event.campaign)]


async def _versions(connection: Connection, name: str) -> Versions:
    rows = await connection.fetch(_sql(name))
    return [(known_from, (provider, feed, campaign), day) for provider, feed, campaign, known_from, day in rows]


def _written(case: Case) -> str:
    """A line for each version: the act and the row, kind and version, the moment, and what it says."""
    return "\n".join(
        f"{said[0]} {said[1]} {kind} {_form(version.piece)} {version.recorded_at.isoformat()} {_says(version.piece)}"
        for (said, kind), versions in case.pieces.items()
        for version in versions
    )


def _form(piece: Piece | None) -> int:
    return piece.version if piece else 0


def _says(piece: Piece | None) -> str:
    """Nothing where it no longer stands."""
    return piece.says if piece else ""


def _case(text: str) -> Case:
    pieces: dict[tuple[Said, str], tuple[Version, ...]] = {}
    for line in text.split("\n"):
        number, row, kind, form, moment, says = line.split(" ", 5)
        said = int(number), int(row)
        piece = Piece(said, kind, int(form), says) if says else None
        key = said, kind
        pieces[key] = (*pieces.get(key, ()), Version(datetime.fromisoformat(moment), piece))
    return Case(pieces)


def _sql(name: str) -> str:
    return queries("services.status")[name]
