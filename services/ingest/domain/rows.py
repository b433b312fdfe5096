"""What does a row of each feed say, once its cells are read?"""

from dataclasses import dataclass
from datetime import date

from services.ingest.domain.problems import Problem
from shared.domain.vocabulary import EnrolmentStatus, OfferStatus, OfferType, Origin, ProviderKind


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a row is about; an identifier that is not sound is kept as sent and neither joins nor separates."""

    upn: str | None = None
    upn_sound: bool = False
    uln: str | None = None
    uln_sound: bool = False
    surname: str | None = None
    forename: str | None = None
    dob: date | None = None
    name_key: str | None = None
    postcode: str | None = None

    @property
    def sound_upn(self) -> str | None:
        return self.upn if self.upn_sound else None

    @property
    def sound_uln(self) -> str | None:
        return self.uln if self.uln_sound else None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """`cohort_status` is P where it was blank; `born_in` is the year in which the birth's academic year ends."""

    number: int
    identity: Identity
    year_group: int
    born_in: int
    sex: str
    ethnicity: str | None
    address_line_1: str | None
    address_line_2: str | None
    address_line_3: str | None
    address_line_4: str | None
    town: str | None
    phone: str | None
    email: str | None
    parent_phone: str | None
    sen: str | None
    characteristics: tuple[str, ...]
    level_of_need: str | None
    roni_band: str | None
    continuing: bool | None
    intended_destination: str | None
    contact_note: str | None
    opted_out: bool | None
    joined_on: date | None
    cohort_status: str
    left_on: date | None
    moved_to: str | None
    problems: tuple[Problem, ...] = ()

    @property
    def leaving(self) -> str | None:
        return None if self.cohort_status in STAYING else self.cohort_status


STAYING = ("P", "G")


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer, a guarantee code, or both; at least one of `status` and `guarantee_code` is given."""

    number: int
    identity: Identity
    status: OfferStatus | None
    offer_type: OfferType
    provider_id: str | None
    provider_name: str | None
    course: str | None
    offered_on: date | None
    starts_on: date | None
    guarantee_code: str | None
    status_on: date | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    number: int
    identity: Identity
    status: EnrolmentStatus
    starts_on: date
    expected_end_on: date | None
    ends_on: date | None
    planned_hours: float | None
    course: str | None
    course_type: OfferType
    activity_code: int | None
    leaving_reason: str | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityRow:
    number: int
    identity: Identity
    young_person_id: str | None
    activity_code: int
    starts_on: date
    ends_on: date | None
    expected_end_on: date | None
    verified_on: date | None
    review_on: date | None
    origin: Origin | None
    provider_name: str | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class EstablishmentRow:
    """`laestab` is null where the register gives no establishment number."""

    number: int
    urn: str
    laestab: str | None
    ukprn: str | None
    name: str
    authority: str
    kind: ProviderKind
    status: str | None
    opened_on: date | None
    closed_on: date | None
    postcode: str | None
    district: str | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    number: int
    postcode: str
    district: str
    authority: str
    from_on: date | None
    to_on: date | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    number: int
    provider: str
    feed: str
    campaign: int
    due_on: date
    contact: str | None
    problems: tuple[Problem, ...] = ()


Row = CohortRow | OfferRow | EnrolmentRow | ActivityRow | EstablishmentRow | PostcodeRow | ExpectationRow
PersonRow = CohortRow | OfferRow | EnrolmentRow | ActivityRow
