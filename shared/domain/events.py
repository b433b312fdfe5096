"""What can happen? Every event of the bus, its fields and their meaning; `docs/events.md` is made from here."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.domain.vocabulary import EnrolmentStatus, OfferStatus, OfferType, Origin, ProviderKind

Said = tuple[int, int]
"""(number, row): the number of the accepted act and the row within it; the order of rulebook 3.3 that never changes."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(Frozen):
    """The envelope of every event."""

    event_id: UUID
    happened_on: Annotated[date | None, Field(description="When it was true in the world.")] = None
    recorded_at: Annotated[datetime | None, Field(description="When we learnt it; stamped by the journal.")] = None
    source: Annotated[str, Field(description="Who says so: a provider's id, `council`, or one of our services.")]
    young_person_id: Annotated[str | None, Field(description="Null where it is about a day, rules or a provider.")] = (
        None
    )


class Evidence(Event):
    """One piece of what a row said about one young person; said again with the same `said`, it replaces itself."""

    said: Said
    sent_on: Annotated[date, Field(description="The business date of its submission's acceptance.")]


class Residence(Frozen):
    """Where a postcode lay from a day to a day; null dates are open, null district and authority are not known."""

    from_on: date | None = None
    to_on: date | None = None
    district: str | None = None
    authority: str | None = None


class CohortRowStated(Evidence):
    """A school or the council said that somebody is, or is no longer, on its roll for a campaign."""

    type: Literal["CohortRowStated"] = "CohortRowStated"
    version: Literal[1] = 1
    campaign: int
    establishment: Annotated[
        str, Field(description="LAESTAB; of a row from the council the authority's code and 9999.")
    ]
    kind: Annotated[ProviderKind | None, Field(description="Null where the council says it: on no roll.")] = None
    in_area: bool
    year_group: Literal[11, 12]
    leaving: Literal["A", "T", "E", "M", "D", "L"] | None = None
    moved_to: str | None = None
    joined_on: date | None = None
    left_on: date | None = None
    continuing: bool | None = None
    born_in: Annotated[int, Field(description="The year in which the academic year of the birth ends.")]
    sex: Annotated[str, Field(description="M, F, U, or unknown where the cell was blank.")] = "unknown"
    ethnicity: str | None = None
    sen: str | None = None
    characteristics: tuple[str, ...] = ()
    level_of_need: str | None = None
    roni_band: str | None = None
    residence: tuple[Residence, ...] = ()
    believed: Annotated[bool, Field(description="The directory lacks the postcode; the sender is believed.")] = False


class OfferStated(Evidence):
    """A school or college said where an offer stands; `none` says that there is none and has no provider."""

    type: Literal["OfferStated"] = "OfferStated"
    version: Literal[1] = 1
    campaign: int
    status: OfferStatus
    speaks: Annotated[bool, Field(description="False for a `none` beside a code: it withdraws, the code speaks.")] = (
        True
    )
    offer_type: OfferType = OfferType.EDUCATION
    provider: Annotated[str, Field(description="A LAESTAB; of a name that nobody knows, `~` and its fingerprint.")] = ""
    course: Annotated[str, Field(description="A fingerprint: two offers with the same are for the same course.")] = ""
    offered_on: date | None = None
    starts_on: date | None = None
    status_on: date | None = None


class GuaranteeCodeStated(Evidence):
    """A school or college gave an explicit September Guarantee status code."""

    type: Literal["GuaranteeCodeStated"] = "GuaranteeCodeStated"
    version: Literal[1] = 1
    campaign: int
    code: str
    status_on: date | None = None


class EnrolmentStated(Evidence):
    """A provider said that somebody is enrolled, expected, did not start or has left."""

    type: Literal["EnrolmentStated"] = "EnrolmentStated"
    version: Literal[1] = 1
    provider: str
    status: EnrolmentStatus
    activity_code: int
    starts_on: date
    ends_on: date | None = None
    expected_end_on: date | None = None


class ActivityStated(Evidence):
    """An adviser, a partner or the young person said what they do; provider is blank where none was named."""

    type: Literal["ActivityStated"] = "ActivityStated"
    version: Literal[1] = 1
    origin: Origin
    provider: Annotated[str, Field(description="A LAESTAB; of a name that nobody knows, `~` and its fingerprint.")] = ""
    activity_code: int
    starts_on: date
    ends_on: date | None = None
    expected_end_on: date | None = None
    verified_on: date | None = None
    review_on: date | None = None


class ContactOutcomeStated(Evidence):
    """What came of a contact attempt, heard from outreach: it may bar further contact for a time or for good."""

    type: Literal["ContactOutcomeStated"] = "ContactOutcomeStated"
    version: Literal[1] = 1
    outcome: str
    bars: Annotated[bool, Field(description="They asked not to be contacted, or refused.")] = False
    rests_until: Annotated[
        date | None, Field(description="The first day on which contact may be made; null: never.")
    ] = None


class Withdrawn(Frozen):
    said: Said
    type: str


class EvidenceWithdrawn(Event):
    """Pieces of evidence no longer stand: their submission was withdrawn, or their row is of somebody else."""

    type: Literal["EvidenceWithdrawn"] = "EvidenceWithdrawn"
    version: Literal[1] = 1
    pieces: tuple[Withdrawn, ...]


class CohortExcepted(Event):
    """A named person added somebody to the frozen cohort, or took them out; the reason is kept by ingest."""

    type: Literal["CohortExcepted"] = "CohortExcepted"
    version: Literal[1] = 1
    said: Said
    campaign: int
    op: Literal["add", "remove"]


class PersonDetailsStated(Event):
    """Who somebody is and how to reach them; only ever on the topic of personal details."""

    type: Literal["PersonDetailsStated"] = "PersonDetailsStated"
    version: Literal[1] = 1
    said: Said
    upn: str | None = None
    uln: str | None = None
    surname: str | None = None
    forename: str | None = None
    born_on: date | None = None
    address: tuple[str, ...] = ()
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None
    parent_phone: str | None = None
    contact_note: str | None = None


class PersonDetailsWithdrawn(Event):
    """What a row said of somebody's details no longer stands."""

    type: Literal["PersonDetailsWithdrawn"] = "PersonDetailsWithdrawn"
    version: Literal[1] = 1
    said: tuple[Said, ...]


class DayPassed(Event):
    """The business date has moved on to `day`."""

    type: Literal["DayPassed"] = "DayPassed"
    version: Literal[1] = 1
    day: date


class CohortFrozen(Event):
    """The members at the end of 31 May, as known now, are the campaign's cohort."""

    type: Literal["CohortFrozen"] = "CohortFrozen"
    version: Literal[1] = 1
    campaign: int
    number: Annotated[int, Field(description="The number of the act: what was said under a lower one came before it.")]


class Expectation(Frozen):
    provider: str
    feed: str
    campaign: int
    due_on: date | None = None


class ExpectationsSet(Event):
    """What is expected of whom by when, as it stands now for these keys; without a due day nothing is expected."""

    type: Literal["ExpectationsSet"] = "ExpectationsSet"
    version: Literal[1] = 1
    expectations: tuple[Expectation, ...]


class SubmissionReturned(Event):
    """A provider's earliest standing return of a feed for a campaign has changed; without a day there is none."""

    type: Literal["SubmissionReturned"] = "SubmissionReturned"
    version: Literal[1] = 1
    provider: str
    feed: str
    campaign: int
    returned_on: date | None = None


class ContactAttempted(Event):
    """An adviser tried to reach somebody, with what came of it; ingest hears it and records it as evidence."""

    type: Literal["ContactAttempted"] = "ContactAttempted"
    version: Literal[1] = 1
    outcome: str
    bars: bool = False
    rests_until: date | None = None
