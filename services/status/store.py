"""Where does status keep its cases and the facts that all decisions share?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic_core import from_json, to_json

from services.status.domain.case import EMPTY, Case, Version
from services.status.domain.control import Freeze
from services.status.domain.decide import campaigns_of
from services.status.domain.facets import Facets
from services.status.domain.history import History, Versions
from services.status.domain.rules import Rules
from shared.domain.events import CohortFrozen, Event, Expectation, SubmissionReturned
from shared.domain.topics import model_of
from shared.plumbing.database import Connection, queries

Asks = tuple[int, str, str, date | None, date | None]
"""(campaign, feed, provider, from, to)"""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one person: the case, and the facets as last said."""

    case: Case = EMPTY
    facets: Mapping[str, Any] | None = None


async def load(connection: Connection, people: Sequence[str]) -> dict[str, Held]:
    """What is held of each of these people; of somebody new, nothing."""
    rows = await connection.fetch(_sql("load_cases"), sorted(people))
    held = {row["young_person_id"]: Held(_case(row["evidence"]), from_json(row["facets"])) for row in rows}
    return {person: held.get(person, Held()) for person in people}


async def save(
    connection: Connection, cases: Mapping[str, Case], facets: Mapping[str, Facets], asks: Mapping[str, Iterable[Asks]]
) -> None:
    """Keeps these people's cases, what was said of them and on whose return they hang."""
    people = sorted(cases)
    await connection.execute(
        _sql("save_cases"),
        people,
        [",".join(str(campaign) for campaign in sorted(campaigns_of(cases[person]))) for person in people],
        [_written(cases[person]) for person in people],
        [to_json(facets[person]).decode() for person in people],
    )
    await connection.execute(_sql("forget_asks"), people)
    await connection.copy_records_to_table(
        "asks",
        columns=("young_person_id", "campaign", "feed", "provider", "from_on", "to_on"),
        records=[(person, *ask) for person in people for ask in asks[person]],
    )


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
    return to_json(
        [
            (key[0], key[1], version.recorded_at, version.piece)
            for key, versions in case.pieces.items()
            for version in versions
        ]
    ).decode()


def _case(text: str) -> Case:
    pieces: dict[tuple[tuple[int, int], str], tuple[Version, ...]] = {}
    for said, kind, recorded_at, document in from_json(text):
        key = ((said[0], said[1]), kind)
        version = Version(datetime.fromisoformat(recorded_at), _piece(document))
        pieces[key] = (*pieces.get(key, ()), version)
    return Case(pieces)


def _piece(document: Mapping[str, Any] | None) -> Any:
    if document is None:
        return None
    model: type[Event] = model_of(document["type"], document["version"])
    return model.model_validate(document)


def _sql(name: str) -> str:
    return queries("services.status")[name]
