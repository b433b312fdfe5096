"""What does the evidence say of everyone, if nothing that was ever decided is believed?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.facets import Facets, with_said
from services.reporting.domain.spans import Flat, Standing, flat, standings
from services.status.domain.case import EMPTY, Case, fold
from services.status.domain.control import Freeze
from services.status.domain.decide import decide
from services.status.domain.facets import facets
from services.status.domain.history import History
from services.status.domain.rules import Rules
from services.status.domain.telling import all_told, person_decided
from shared.domain.decisions import NeedSpan, PersonDecided, Reason
from shared.domain.events import CohortFrozen, Event, ExpectationsSet, SubmissionReturned
from shared.domain.topics import CONTROL
from shared.plumbing.database import Connection
from shared.plumbing.journal import Head, read

AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Recounted:
    """One person as the evidence has them: spans of days, each reason whole, cohorts, and needs by campaign."""

    young_person_id: str
    flats: Sequence[Flat]
    reasons: Sequence[Reason]
    standings: Sequence[Standing]
    needs: Mapping[int, Sequence[NeedSpan]]


async def evidence(connection: Connection, partition: int, up_to: datetime) -> list[Event]:
    """Everything that ingest said in a partition by a moment, in order."""
    found: list[Event] = []
    after = 0
    while entries := await read(connection, Head("evidence", partition), after=after, limit=AT_ONCE):
        heard = (entry.made_out() for entry in entries)
        found += (event for event in heard if event.recorded_at is not None and event.recorded_at <= up_to)
        after = entries[-1].seq
    return found


def recount(events: Sequence[Event], rules: Rules, authorities: frozenset[str]) -> Iterator[Recounted]:
    """Everyone of a partition, decided once and from nothing, by what the partition has heard."""
    history = _history([event for event in events if isinstance(event, CONTROL)], rules, authorities)
    by_person: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.young_person_id is not None:
            by_person[event.young_person_id].append(event)
    last = max((moment for event in events if (moment := event.recorded_at) is not None), default=None)
    for person in sorted(by_person):
        assert last is not None
        case = fold(EMPTY, by_person[person])
        yield _recounted(person, case, history, last, by_person[person][-1])


def _recounted(person: str, case: Case, history: History, moment: datetime, cause: Event) -> Recounted:
    told = person_decided(person, all_told(facets(decide(case, history.at(moment)))), cause)
    decided = PersonDecided.model_validate_json(told.text)
    held = with_said(Facets(), decided, range(len(decided.reasons)))
    flats = [span for campaign in held.campaigns for span in flat(campaign, held.dimensions)]
    needs = {campaign.campaign: campaign.need or () for campaign in decided.campaigns}
    cohorts = [span for campaign in held.campaigns for span in standings(campaign)]
    return Recounted(person, flats, decided.reasons, cohorts, needs)


def _history(events: Sequence[Event], rules: Rules, authorities: frozenset[str]) -> History:
    expected: list[tuple[datetime, tuple[str, str, int], date | None]] = []
    returned: list[tuple[datetime, tuple[str, str, int], date | None]] = []
    freezes: list[tuple[int, Freeze]] = []
    for event in events:
        assert event.recorded_at is not None
        if isinstance(event, ExpectationsSet):
            keyed = [((one.provider, one.feed, one.campaign), one.due_on) for one in event.expectations]
            expected += [(event.recorded_at, key, due_on) for key, due_on in keyed]
        elif isinstance(event, SubmissionReturned):
            returned.append((event.recorded_at, (event.provider, event.feed, event.campaign), event.returned_on))
        elif isinstance(event, CohortFrozen):
            freezes.append((event.campaign, Freeze(event.number, event.recorded_at)))
    return History(rules, authorities, expected, returned, freezes)
