"""What does status say of a person? The decision as facets, each a timeline of spans of its own."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.domain.events import Event, Frozen
from shared.domain.vocabulary import GuaranteeOutcome, Participation


class Reason(Frozen):
    """Why: the row that fitted, of which version of which table, the facts that it saw, and the sentence."""

    table: str
    version: str
    row: str
    facts: str
    because: str


class Span(Frozen):
    """A time over which one facet does not change: from `from_on` to the day before `to_on`; null is open."""

    from_on: date | None = None
    to_on: date | None = None


class MembershipSpan(Span):
    """Are they in the campaign's cohorts, in which year group, and where?"""

    year_group: int
    establishment: str
    frozen: bool = False
    frozen_establishment: str | None = None
    live: bool = False
    gone: Annotated[str | None, Field(description="Why not live: the leaving status that stands, or `moved`.")] = None


class OutcomeSpan(Span):
    outcome: GuaranteeOutcome
    reason: Annotated[int, Field(description="Index into `reasons`.")]


class ParticipationSpan(Span):
    group: Participation
    activity_code: int | None = None
    confirmed: bool | None = None
    lapses_on: date | None = None
    reason: int


class NeedSpan(Span):
    """Need of contact; OR01, OR02, OR03 and OR90 and days outside the campaign's contact have no span."""

    row: str
    reason: int


class DimensionsSpan(Span):
    """What figures are counted by and what priority sees; the same in every campaign."""

    district: str = "unknown"
    sex: str = "unknown"
    ethnicity: str = "unknown"
    send: str = "unknown"
    vulnerable: str = "unknown"
    characteristics: tuple[str, ...] = ()
    roni_band: str | None = None
    level_of_need: str | None = None


class CampaignDecided(Frozen):
    """The facets of one campaign that changed; one that is not given stands as it was, an empty one is gone.

    Campaign 0 is the monthly participation cohort: membership and participation alone.
    """

    campaign: int
    membership: tuple[MembershipSpan, ...] | None = None
    outcome: tuple[OutcomeSpan, ...] | None = None
    participation: tuple[ParticipationSpan, ...] | None = None
    need: tuple[NeedSpan, ...] | None = None


class PersonDecided(Event):
    """What we know of one person from now on, in the facets that changed."""

    type: Literal["PersonDecided"] = "PersonDecided"
    version: Literal[1] = 1
    known_from: Annotated[datetime, Field(description="`recorded_at` of the event that caused it.")]
    caused_by: UUID
    cause: Annotated[str, Field(description="The type of the event that caused it.")]
    reasons: tuple[Reason, ...] = ()
    campaigns: tuple[CampaignDecided, ...] = ()
    dimensions: tuple[DimensionsSpan, ...] | None = None
