"""What do we decide when we hear something? Each case is folded and decided at each moment at which it changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from services.status import store
from services.status.domain.case import EMPTY, fold, kinds
from services.status.domain.control import Control
from services.status.domain.grounds import Working, basis_of
from services.status.domain.history import History
from services.status.domain.remembering import Remembering
from services.status.domain.rules import Rules
from services.status.domain.shapes import ROWS
from services.status.domain.telling import changed, person_decided
from services.status.store import Held
from shared.domain.events import CohortFrozen, Event, ExpectationsSet, SubmissionReturned
from shared.domain.written import Sayable, Written
from shared.plumbing.database import Connection


@dataclass(frozen=True, slots=True)
class Minds:
    """What a process has worked out under one version of the rules, for one council."""

    working: Working = field(default_factory=Working)
    remembering: Remembering = field(default_factory=Remembering)


@dataclass(slots=True)
class Deciding:
    """One batch: the people whom it touches, and what is to be said and kept of them in the end."""

    history: History
    minds: Minds = field(default_factory=Minds)
    held: dict[str, Held] = field(default_factory=dict)
    said: list[tuple[datetime, Written]] = field(default_factory=list)

    def hear(self, person: str, held: Held, events: Iterable[Event]) -> None:
        """Fold what was heard of one person; where it comes to something else decide, once at each distinct moment."""
        case = held.case or EMPTY
        for moment, heard in groupby(events, key=_moment):
            together, control = list(heard), self.history.at(moment)
            case, before = fold(case, together), held.grounds
            held = replace(held, case=case, grounds=self.minds.working.renewed(before, case, control, kinds(together)))
            if held.grounds != before:
                held = self._decided(person, held, together[-1], control)
        self.held[person] = held

    def hear_control(self, person: str, held: Held, event: Event) -> None:
        """Decide somebody again whom a fact about providers or cohorts may move."""
        control, heard = self.history.at(_moment(event)), ROWS if isinstance(event, CohortFrozen) else ()
        grounds = self.minds.working.renewed(held.grounds, held.case or EMPTY, control, heard)
        self.held[person] = self._decided(person, replace(held, grounds=grounds), event, control)

    def _decided(self, person: str, held: Held, cause: Event, control: Control) -> Held:
        """Say what is no longer as it was told last."""
        decided = self.minds.remembering.decide(held.grounds, control)
        if new := changed(held.marks, decided.told):
            self.said.append((_moment(cause), person_decided(person, new, cause)))
        marks = {name: facet.mark for name, facet in decided.told.items() if facet.mark}
        return replace(held, marks=marks, asks=decided.asks)

    def in_order(self) -> list[Written]:
        """What is to be said, in the order in which it became known."""
        return [one for _, one in sorted(self.said, key=itemgetter(0))]


@dataclass(frozen=True, slots=True)
class Handlers:
    """What status does with each event that it hears; the rules and the authorities are the installation's."""

    rules: Rules
    authorities: frozenset[str]
    histories: dict[str, History] = field(default_factory=dict)
    """The control facts as last read, by their fingerprint; one is kept."""
    minds: Minds = field(default_factory=Minds)

    async def evidence_heard(self, connection: Connection, events: Sequence[Event]) -> Sequence[Sayable]:
        """What somebody said of people: one load, every decision in memory, one write."""
        by_person: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            by_person[str(event.young_person_id)].append(event)
        deciding = await self._deciding(connection)
        for person, held in (await store.load(connection, list(by_person), self._basis)).items():
            deciding.hear(person, held, by_person[person])
        return await self._concluded(connection, deciding)

    async def redecide(self, connection: Connection, event: Event, people: Sequence[str]) -> Sequence[Sayable]:
        """People whom a control event may move; whoever stays as they were is not spoken of."""
        deciding = await self._deciding(connection)
        cases = isinstance(event, CohortFrozen)
        for person, held in (await store.load(connection, people, self._basis, cases=cases)).items():
            deciding.hear_control(person, held, event)
        return await self._concluded(connection, deciding)

    @property
    def _basis(self) -> str:
        return basis_of(self.rules, self.authorities)

    async def _deciding(self, connection: Connection) -> Deciding:
        mark = await store.fingerprint(connection)
        if mark not in self.histories:
            read = await store.history(connection, self.rules, self.authorities)
            self.histories.clear()
            self.histories[mark] = read
        return Deciding(self.histories[mark], self.minds)

    async def _concluded(self, connection: Connection, deciding: Deciding) -> Sequence[Sayable]:
        await store.save(connection, deciding.held)
        return deciding.in_order()


async def expectations_set(connection: Connection, event: Event) -> Sequence[str]:
    assert isinstance(event, ExpectationsSet)
    return await store.expect(connection, event.expectations, _moment(event))


async def submission_returned(connection: Connection, event: Event) -> Sequence[str]:
    assert isinstance(event, SubmissionReturned)
    return await store.note_return(connection, event)


async def cohort_frozen(connection: Connection, event: Event) -> Sequence[str]:
    assert isinstance(event, CohortFrozen)
    return await store.note_freeze(connection, event)


async def pass_on(connection: Connection, event: Event) -> Sequence[Sayable]:
    """A control event goes on to those who hear status alone, after all that it made status say."""
    return [event]


async def pass_days_on(connection: Connection, events: Sequence[Event]) -> Sequence[Sayable]:
    """The passing of a day decides nothing: the spans that begin with it lie there already."""
    return events


def _moment(event: Event) -> datetime:
    if event.recorded_at is None:
        raise ValueError("an event that was never recorded has no moment")
    return event.recorded_at
