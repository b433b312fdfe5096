"""What is one submission before it becomes a file: its rows, and who each of them is about?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from waymark.county.dates import day

Cell = str | date | None
Row = Mapping[str, Cell]

COUNCIL = "council"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cohort": (
        "UPN", "ULN", "Surname", "Forename", "DOB", "Sex", "Ethnicity", "Postcode", "Address line 1", "Address line 2",
        "Address line 3", "Address line 4", "Town", "Phone", "Email", "Parent phone", "Year group", "SEN provision",
        "Characteristics", "Level of need", "RONI band", "Continuing", "Intended destination", "Contact note",
        "Section 72 opt-out", "Joined on", "Cohort status", "Left on", "Moved to",
    ),
    "offers": (
        "UPN", "ULN", "Surname", "Forename", "DOB", "Postcode", "Offer status", "Offer type", "Provider ID",
        "Provider name", "Course", "Offer date", "Start date", "Guarantee status code", "Status date",
    ),
    "enrolments": (
        "ULN", "UPN", "Surname", "Forename", "DOB", "Postcode", "Enrolment status", "Start date", "Expected end date",
        "End date", "Planned hours", "Course", "Course type", "Activity code", "Leaving reason",
    ),
    "activities": (
        "UPN", "ULN", "Surname", "Forename", "DOB", "Activity code", "Start date", "End date", "Expected end date",
        "Verified date", "Review date", "Source", "Employer or provider",
    ),
    "establishments": (
        "URN", "LA (code)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (name)",
        "FurtherEducationType (name)", "PhaseOfEducation (name)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
        "UKPRN", "Postcode", "DistrictAdministrative (name)",
    ),
    "postcodes": ("Postcode", "District", "Authority", "From", "To"),
    "expectations": ("Provider", "Feed", "Campaign", "Due on", "Contact"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """`people` has the sound UPN of each row's person, None for a row that no person can have; empty where none has."""

    feed: str
    provider: str
    sent_on: date
    rows: tuple[Row, ...]
    people: tuple[str | None, ...] = ()
    full: bool = True
    campaign: int | None = None
    tag: str = ""
    withdrawn_on: date | None = None

    @property
    def file(self) -> str:
        """The name says feed, provider and date; it means nothing else."""
        tag = f"-{self.tag}" if self.tag else ""
        return f"{self.feed}-{self.provider}-{self.sent_on.isoformat()}{tag}.csv"


def needs_campaign(feed: str, sent_on: date) -> bool:
    """Offers sent after 31 August would be for the next campaign, if the file did not say so (rulebook 1.4)."""
    return feed == "offers" and sent_on > day(8, 31)
