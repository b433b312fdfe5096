"""What do we decide when we hear something? Each case is folded and decided at each moment at which it changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from services.status import store
from services.status.domain.case import Case, fold
from services.status.domain.decide import decide
from services.status.domain.facets import Facets, asks, changed, facets, person_decided
from services.status.domain.history import History
from services.status.domain.rules import Rules
from services.status.store import Asks, Held
from shared.domain.decisions import PersonDecided
from shared.domain.events import CohortFrozen, Event, ExpectationsSet, SubmissionReturned
from shared.plumbing.database import Connection


@dataclass(slots=True)
class Deciding:
    """One batch: the people whom it touches, and what is to be said and kept of them in the end."""

    history: History
    cases: dict[str, Case] = field(default_factory=dict)
    facets: dict[str, Facets] = field(default_factory=dict)
    asks: dict[str, list[Asks]] = field(default_factory=dict)
    said: list[PersonDecided] = field(default_factory=list)

    def hear(self, person: str, held: Held, events: Iterable[Event]) -> None:
        """Fold what was heard of one person and decide once at each distinct moment."""
        case, before = held.case, dict(held.facets or {})
        for moment, heard in groupby(events, key=_moment):
            together = list(heard)
            case = fold(case, together)
            before = self.decide(person, case, before, cause=together[-1], moment=moment)

    def decide(self, person: str, case: Case, before: Facets, *, cause: Event, moment: datetime) -> Facets:
        """Decide with what was known at the moment, and say what is no longer as it was."""
        decision = decide(case, self.history.at(moment))
        now = facets(decision)
        if new := changed(before, now):
            self.said.append(person_decided(person, new, cause))
        self.cases[person], self.facets[person], self.asks[person] = case, now, list(asks(decision))
        return now


@dataclass(frozen=True, slots=True)
class Handlers:
    """What status does with each event that it hears; the rules and the authorities are the installation's."""

    rules: Rules
    authorities: frozenset[str]
    histories: dict[str, History] = field(default_factory=dict)
    """The control facts as last read, by their fingerprint; one is kept."""

    async def evidence_heard(self, connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
        """What somebody said of people: one load, every decision in memory, one write."""
        by_person: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            by_person[str(event.young_person_id)].append(event)
        deciding = await self._deciding(connection)
        for person, held in (await store.load(connection, list(by_person))).items():
            deciding.hear(person, held, by_person[person])
        return await self._concluded(connection, deciding)

    async def redecide(self, connection: Connection, event: Event, people: Sequence[str]) -> Sequence[Event]:
        """People whom a control event may move; whoever stays as they were is not spoken of."""
        deciding = await self._deciding(connection)
        for person, held in (await store.load(connection, people)).items():
            deciding.decide(person, held.case, dict(held.facets or {}), cause=event, moment=_moment(event))
        return await self._concluded(connection, deciding)

    async def _deciding(self, connection: Connection) -> Deciding:
        mark = await store.fingerprint(connection)
        if mark not in self.histories:
            read = await store.history(connection, self.rules, self.authorities)
            self.histories.clear()
            self.histories[mark] = read
        return Deciding(self.histories[mark])

    async def _concluded(self, connection: Connection, deciding: Deciding) -> Sequence[Event]:
        if deciding.cases:
            await store.save(connection, deciding.cases, deciding.facets, deciding.asks)
        return sorted(deciding.said, key=lambda decided: decided.known_from)


async def expectations_set(connection: Connection, event: Event) -> Sequence[str]:
    assert isinstance(event, ExpectationsSet)
    return await store.expect(connection, event.expectations, _moment(event))


async def submission_returned(connection: Connection, event: Event) -> Sequence[str]:
    assert isinstance(event, SubmissionReturned)
    return await store.note_return(connection, event)


async def cohort_frozen(connection: Connection, event: Event) -> Sequence[str]:
    assert isinstance(event, CohortFrozen)
    return await store.note_freeze(connection, event)


async def pass_on(connection: Connection, event: Event) -> Sequence[Event]:
    """A control event goes on to those who hear status alone, after all that it made status say."""
    return [event]


async def pass_days_on(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """The passing of a day decides nothing: the spans that begin with it lie there already."""
    return events


def _moment(event: Event) -> datetime:
    if event.recorded_at is None:
        raise ValueError("an event that was never recorded has no moment")
    return event.recorded_at
