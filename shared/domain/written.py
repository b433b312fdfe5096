"""What is an event that stands in its words already, so that nobody has to write it out again?"""

from dataclasses import dataclass
from uuid import UUID

from shared.domain.events import Event


@dataclass(frozen=True, slots=True)
class Written:
    """An event as JSON without its moment; the rest is what the journal files it by."""

    model: type[Event]
    event_id: UUID
    young_person_id: str | None
    caused_by: UUID | None
    text: str

    def read(self) -> Event:
        return self.model.model_validate_json(self.text)


Sayable = Event | Written


def written(event: Sayable) -> Written:
    """The event in its words."""
    if isinstance(event, Written):
        return event
    caused_by = getattr(event, "caused_by", None)
    text = event.model_dump_json(exclude={"recorded_at"})
    return Written(type(event), event.event_id, event.young_person_id, caused_by, text)
