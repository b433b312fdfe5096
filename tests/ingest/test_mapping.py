"""Which activity does an enrolment stand for? (rulebook 5.1)"""

from datetime import date
from itertools import product

import pytest

from services.ingest.domain.mapping import activity_code
from services.ingest.domain.rows import EnrolmentRow, Identity
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import EnrolmentStatus, OfferType, ProviderKind

KIND = ProviderKind


def enrolment(course_type: OfferType, hours: float | None, *, code: int | None = None) -> EnrolmentRow:
    return EnrolmentRow(
        2, Identity(), EnrolmentStatus.ENROLLED, date(2026, 9, 1), None, None, hours, None, course_type, code, None
    )


@pytest.mark.parametrize(
    ("course_type", "hours", "kind", "code"),
    [
        (OfferType.APPRENTICESHIP, 100, KIND.OTHER, 310),
        (OfferType.TRAINING, 600, KIND.OTHER, 410),
        (OfferType.EMPLOYMENT_WITH_STUDY, None, KIND.OTHER, 320),
        (OfferType.EMPLOYMENT, None, KIND.OTHER, 330),
        (OfferType.EDUCATION, 539, KIND.SCHOOL, 250),
        (OfferType.EDUCATION, 539.5, KIND.OTHER, 250),
        (OfferType.EDUCATION, 0, KIND.SIXTH_FORM_COLLEGE, 250),
        (OfferType.EDUCATION, 540, KIND.SCHOOL, 210),
        (OfferType.EDUCATION, 540, KIND.SIXTH_FORM_COLLEGE, 220),
        (OfferType.EDUCATION, 540, KIND.OTHER, 230),
        (OfferType.EDUCATION, None, KIND.SCHOOL, 210),
        (OfferType.EDUCATION, None, KIND.OTHER, 230),
    ],
)
def test_an_enrolment_is_mapped_by_type_hours_and_kind(
    course_type: OfferType, hours: float | None, kind: ProviderKind, code: int, tables: Tables
) -> None:
    assert activity_code(enrolment(course_type, hours), kind, tables.mapping) == code


def test_a_code_that_was_given_counts(tables: Tables) -> None:
    assert activity_code(enrolment(OfferType.EDUCATION, 100, code=280), KIND.SCHOOL, tables.mapping) == 280


def test_every_enrolment_has_a_code_and_every_row_a_use(tables: Tables) -> None:
    cases = product(OfferType, (None, 0, 539, 540, 5000), ProviderKind)
    given = {activity_code(enrolment(course, hours), kind, tables.mapping) for course, hours, kind in cases}
    assert given == {line.activity_code for line in tables.mapping}
