"""What do we hear of a decision? Its facets in the words in which they came, which are those of many people's."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, NotRequired, Self, TypedDict
from uuid import UUID

from pydantic import Field
from pydantic_core import from_json, to_json

from shared.domain.decisions import PersonDecided
from shared.domain.events import Event

FIRST: Final = b',"reasons":'
"""With this the facets begin, as status says them; before it is what is said of one person alone."""
FACETS: Final = ("reasons", "campaigns", "dimensions")


class Span(TypedDict):
    """From `from_on` to the day before `to_on`, in the form 2026-09-01; not there, or null, is open."""

    from_on: NotRequired[str | None]
    to_on: NotRequired[str | None]


class Membership(Span):
    year_group: int
    establishment: str
    frozen: NotRequired[bool]
    frozen_establishment: NotRequired[str | None]
    live: NotRequired[bool]
    gone: NotRequired[str | None]


class Outcome(Span):
    outcome: str
    reason: int


class Participation(Span):
    group: str
    activity_code: NotRequired[int | None]
    confirmed: NotRequired[bool | None]
    lapses_on: NotRequired[str | None]
    reason: int


class Need(Span):
    row: str
    reason: int


class Dimensions(Span):
    """Without what only priority looks at."""

    district: NotRequired[str]
    sex: NotRequired[str]
    ethnicity: NotRequired[str]
    send: NotRequired[str]
    vulnerable: NotRequired[str]


class Campaign(TypedDict):
    campaign: int
    membership: NotRequired[list[Membership] | None]
    outcome: NotRequired[list[Outcome] | None]
    participation: NotRequired[list[Participation] | None]
    need: NotRequired[list[Need] | None]


class Reason(TypedDict):
    table: str
    version: str
    row: str
    facts: str
    because: str


class Given(TypedDict):
    reasons: NotRequired[list[Reason]]
    campaigns: NotRequired[list[Campaign]]
    dimensions: NotRequired[list[Dimensions] | None]


class FiguresDecided(Event):
    """PersonDecided with its facets in their words: who has met those before knows what they say without reading."""

    type: Literal["PersonDecided"] = "PersonDecided"
    version: Literal[1] = 1
    young_person_id: str
    known_from: datetime
    caused_by: UUID
    cause: str
    words: Annotated[bytes, Field(description="JSON: one Given.")]

    @property
    def given(self) -> Given:
        found: Given = from_json(self.words)
        return found

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
        """Reads what is said of the person alone, or all of it where the facets do not come last."""
        text = json_data.encode() if isinstance(json_data, str) else bytes(json_data)
        person, found, facets = text.partition(FIRST)
        if found:
            try:
                return cls.model_validate(from_json(person + b"}") | {"words": b'{"reasons":' + facets})
            except ValueError:
                pass
        said = from_json(text)
        return cls.model_validate(said | {"words": to_json({name: said[name] for name in FACETS if name in said})})


def heard(event: PersonDecided) -> FiguresDecided:
    """A decision as it comes from the bus."""
    return FiguresDecided.model_validate_json(event.model_dump_json())
