"""What do we take of a decision? Its facets as they came, as plain data: most that is said is kept long since."""

from typing import Annotated, Any, NotRequired, TypedDict

from pydantic import Field

from shared.domain.decisions import PersonDecided


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


class FiguresDecided(PersonDecided):
    """PersonDecided with its facets as they came: to make them out would cost more than all that we do with them."""

    reasons: Annotated[tuple[Any, ...], Field(description="Each a Reason.")] = ()
    campaigns: Annotated[tuple[Any, ...], Field(description="Each a Campaign.")] = ()
    dimensions: Annotated[tuple[Any, ...] | None, Field(description="Each Dimensions.")] = None


def plain(event: PersonDecided) -> FiguresDecided:
    """A decision as we hear it from the bus."""
    if isinstance(event, FiguresDecided):
        return event
    return FiguresDecided.model_validate(event.model_dump(mode="json"), strict=False)
