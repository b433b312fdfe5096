"""What is one event on its way, of which no more is made out than somebody has to know?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from shared.domain.events import Event
from shared.domain.topics import model_of

Model = type[Event]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it stands in the journal or in a parcel.

    `accepted_at` is when, by the real clock, the act was accepted that led to it.
    """

    seq: int
    type: str
    young_person_id: str | None
    accepted_at: datetime | None
    text: str | bytes

    @property
    def document(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = from_json(self.text)
        return found

    def made_out(self, heard_as: Model | None = None) -> Event:
        """The event, straight from its text; raises UnknownEvent, or pydantic's ValidationError as `parse` does."""
        model = heard_as or model_of(self.type, 0)
        try:
            return (
                model.model_validate(self.document) if _much_as_it_came(model) else model.model_validate_json(self.text)
            )
        except ValidationError:
            # What a newer release says is not a mistake, whatever this one makes of it.
            model_of(self.type, self.document.get("version", 0))
            raise


@cache
def _much_as_it_came(model: Model) -> bool:
    """What a reader leaves as it came is had sooner from JSON's own reader, which keeps words that come again."""
    return any("Any" in str(field.annotation) for field in model.model_fields.values())


def stamped(payload: str, **moments: datetime) -> str:
    """The text of an event with its moments before all else, which is where they are looked for."""
    return f"{_opening(*moments.items())}{payload[1:]}"


@lru_cache(64)
def _opening(*moments: tuple[str, datetime]) -> str:
    """Hundreds of events have the same moments."""
    said = "".join(f'"{name}":"{moment.isoformat()}",' for name, moment in moments)
    return f"{{{said}"
