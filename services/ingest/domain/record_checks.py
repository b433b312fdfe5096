"""Is a row whole and consistent in itself? One question for each check of the record tier, by its code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.ingest.domain.tables import Tables
from shared.domain import academic_year
from shared.domain.vocabulary import EnrolmentStatus, Feed, OfferStatus, OfferType

Cells = dict[str, Any]
"""What the cells of a row say, by field; a column that the file lacks is not among them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a check may go by beside the row: the business date, the submission's campaign and the tables."""

    feed: Feed
    today: date
    campaign: int
    tables: Tables


Question = Callable[[Cells, Known], bool]
"""True where the row has the fault."""

LEAVING = frozenset("ATEMDL")
_NEEDS_REVIEW = (260, 290, 350, 710)
_OFFERED = (OfferStatus.MADE, OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.WITHDRAWN)
_WITH_PEOPLE = (Feed.OFFERS, Feed.ENROLMENTS, Feed.ACTIVITIES)


def before(earlier: str, later: str) -> Question:
    """The date of one field is before that of the other; blank dates are not."""

    def ask(row: Cells, known: Known) -> bool:
        first, second = row.get(earlier), row.get(later)
        return first is not None and second is not None and first < second

    return ask


def _no_identity(row: Cells, known: Known) -> bool:
    named = row.get("surname") and row.get("forename") and row.get("dob")
    numbered = row.get("upn") or row.get("uln") or row.get("young_person_id")
    return known.feed in _WITH_PEOPLE and not named and not numbered


def _leaves(row: Cells) -> bool:
    return row.get("cohort_status") in LEAVING


def _age(row: Cells, known: Known) -> bool:
    dob, year_group = row.get("dob"), row.get("year_group")
    if dob is None or year_group is None:
        return False
    age = academic_year.academic_age(academic_year.born_in(dob), academic_year.ends_on(known.campaign))
    return bool(age != year_group + 4)


def _code_withdrawn(row: Cells, known: Known) -> bool:
    code, start = row.get("activity_code"), row.get("starts_on")
    if code is None or start is None:
        return False
    return not any(span.holds(start) for span in known.tables.codes["activity_codes"][str(code)])


def _verified_on(row: Cells, known: Known) -> date:
    verified = row.get("verified_on") or known.today
    return verified if verified < known.today else known.today


def _expected_end_passed(row: Cells, known: Known) -> bool:
    expected, start = row.get("expected_end_on"), row.get("starts_on")
    still = row.get("status") in (None, EnrolmentStatus.ENROLLED, EnrolmentStatus.EXPECTED) and not row.get("ends_on")
    return expected is not None and start is not None and still and start <= expected < _verified_on(row, known)


def _hours_missing(row: Cells, known: Known) -> bool:
    given = row.get("planned_hours") is not None or row.get("activity_code") is not None
    education = row.get("course_type") in (None, OfferType.EDUCATION)
    return education and not given and row.get("status") != EnrolmentStatus.DID_NOT_START


RECORD: dict[str, Question] = {
    "no-identity": _no_identity,
    "left-before-joined": before("left_on", "joined_on"),
    "moved-to-missing": lambda row, known: row.get("cohort_status") == "T" and not row.get("moved_to"),
    "moved-to-unexpected": lambda row, known: bool(row.get("moved_to")) and not _leaves(row),
    "left-on-missing": lambda row, known: _leaves(row) and row.get("left_on") is None,
    "age": _age,
    "says-nothing": lambda row, known: row.get("status") is None and row.get("guarantee_code") is None,
    "offer-from-nobody": lambda row, known: (
        row.get("status") in _OFFERED and not row.get("provider_id") and not row.get("provider_name")
    ),
    "end-before-start": before("ends_on", "starts_on"),
    "expected-end-before-start": before("expected_end_on", "starts_on"),
    "expected-end-passed": _expected_end_passed,
    "code-withdrawn": _code_withdrawn,
    "end-missing": lambda row, known: row.get("status") == EnrolmentStatus.LEFT and row.get("ends_on") is None,
    "hours-missing": _hours_missing,
    "verified-later": lambda row, known: row.get("verified_on") is not None and row["verified_on"] > known.today,
    "review-missing": lambda row, known: row.get("activity_code") in _NEEDS_REVIEW and row.get("review_on") is None,
    "source-missing": lambda row, known: row.get("origin") is None,
    "to-before-from": before("to_on", "from_on"),
    "close-before-open": before("closed_on", "opened_on"),
}
