"""What do services say in these tests, and what did a handler hear of it?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from shared.domain import events
from shared.domain.events import Event
from shared.plumbing.database import Connection


def enrolment(person: str, *, number: int = 1) -> Event:
    return events.EnrolmentStated(
        event_id=uuid4(),
        source="10000001",
        young_person_id=person,
        said=(number, 1),
        sent_on=date(2026, 9, 3),
        provider="10000001",
        status="enrolled",
        activity_code=210,
        starts_on=date(2026, 9, 1),
    )


def details(person: str) -> Event:
    return events.PersonDetailsStated(event_id=uuid4(), source="8604001", young_person_id=person, said=(1, 1))


def attempt(person: str) -> Event:
    return events.ContactAttempted(event_id=uuid4(), source="outreach", young_person_id=person, outcome="no-answer")


def day_passed(day: date = date(2026, 9, 1)) -> Event:
    return events.DayPassed(event_id=uuid4(), source="council", day=day)


def frozen(campaign: int = 2026) -> Event:
    return events.CohortFrozen(event_id=uuid4(), source="council", campaign=campaign, number=1)


@dataclass(eq=False)
class Heard:
    """A handler that remembers in which calls it heard what; `fails_on` people make it raise."""

    calls: list[list[UUID]] = field(default_factory=list)
    fails_on: set[str] = field(default_factory=set)
    says: Callable[[Event], Event] | None = None

    async def __call__(self, connection: Connection, heard: Sequence[Event]) -> Sequence[Event]:
        if self.fails_on & {event.young_person_id for event in heard}:
            raise ValueError("a rule fails on this case")
        self.calls.append([event.event_id for event in heard])
        return [self.says(event) for event in heard] if self.says else []

    @property
    def ids(self) -> list[UUID]:
        return [event_id for call in self.calls for event_id in call]
