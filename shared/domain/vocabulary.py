"""Which words do all services share? One name for each thing of the field, one type for each identifier."""

from enum import StrEnum
from typing import NewType

ProviderId = NewType("ProviderId", str)
"""Who sends, teaches or employs: a LAESTAB, `council`, or `~` and what stands for a name that no establishment has."""

Campaign = NewType("Campaign", int)
"""The year in which the campaign's leavers leave: 2026 is about Years 11 and 12 of 2025/26."""

COUNCIL = ProviderId("council")
UNRESOLVED = "~"
MONTHLY = Campaign(0)
"""The campaign number under which the monthly participation cohort is kept."""


class Feed(StrEnum):
    COHORT = "cohort"
    OFFERS = "offers"
    ENROLMENTS = "enrolments"
    ACTIVITIES = "activities"
    ESTABLISHMENTS = "establishments"
    POSTCODES = "postcodes"
    EXPECTATIONS = "expectations"


class ProviderKind(StrEnum):
    SCHOOL = "school"
    SIXTH_FORM_COLLEGE = "sixth-form college"
    OTHER = "other"


class OfferStatus(StrEnum):
    MADE = "made"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NONE = "none"


class OfferType(StrEnum):
    EDUCATION = "education"
    TRAINING = "training"
    APPRENTICESHIP = "apprenticeship"
    EMPLOYMENT_WITH_STUDY = "employment with study"
    EMPLOYMENT = "employment"


class EnrolmentStatus(StrEnum):
    ENROLLED = "enrolled"
    EXPECTED = "expected"
    DID_NOT_START = "did not start"
    LEFT = "left"


class Origin(StrEnum):
    """Whose word an activity is, the best first."""

    PROVIDER = "provider"
    ADVISER = "adviser"
    PARTNER = "partner"
    SELF = "self"


class GuaranteeOutcome(StrEnum):
    OFFER_MADE = "OFFER_MADE"
    NOT_APPROPRIATE = "NOT_APPROPRIATE"
    NO_OFFER = "NO_OFFER"
    NOT_RECORDED = "NOT_RECORDED"


class Participation(StrEnum):
    PARTICIPATING = "PARTICIPATING"
    EET_NOT_PARTICIPATING = "EET_NOT_PARTICIPATING"
    NEET_AVAILABLE = "NEET_AVAILABLE"
    NEET_NOT_AVAILABLE = "NEET_NOT_AVAILABLE"
    NOT_KNOWN = "NOT_KNOWN"
    COMPULSORY = "COMPULSORY"
    CUSTODY = "CUSTODY"
