"""Which dates make up a campaign and an academic year? (rulebook 1.3 to 1.5)"""

from datetime import date

import pytest

from shared.domain import academic_year as year


@pytest.mark.parametrize(
    ("sent_on", "cohort", "enrolments"),
    [
        (date(2026, 5, 20), 2026, 2025),
        (date(2026, 7, 31), 2026, 2025),
        (date(2026, 8, 1), 2026, 2026),
        (date(2026, 8, 31), 2026, 2026),
        (date(2026, 9, 1), 2027, 2026),
        (date(2027, 1, 31), 2027, 2026),
        (date(2027, 7, 31), 2027, 2026),
    ],
)
def test_a_file_without_a_campaign_is_for_one_by_its_day(sent_on: date, cohort: int, enrolments: int) -> None:
    assert year.campaign_of_cohort_file(sent_on) == cohort
    assert year.campaign_of_enrolments_file(sent_on) == enrolments


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2009, 9, 1), date(2026, 5, 31), 15),
        (date(2010, 8, 31), date(2026, 8, 31), 15),
        (date(2010, 8, 31), date(2026, 9, 1), 16),
        (date(2010, 9, 1), date(2026, 9, 1), 15),
        (date(2008, 9, 1), date(2026, 5, 31), 16),
        (date(2007, 9, 1), date(2026, 5, 31), 17),
    ],
)
def test_academic_age_is_age_on_the_31_august_before(birth: date, on: date, age: int) -> None:
    assert year.academic_age(year.born_in(birth), on) == age


def test_the_dates_of_a_campaign() -> None:
    assert (year.cohort_day(2026), year.autumn_starts_on(2026)) == (date(2026, 5, 31), date(2026, 9, 1))
    assert (year.guarantee_deadline(2026), year.survey_day(2026)) == (date(2026, 9, 30), date(2026, 11, 1))
    assert (year.survey_closes_on(2026), year.ends_on(2026)) == (date(2027, 1, 31), date(2026, 8, 31))
    assert year.starts_on(2026) == date(2025, 9, 1)
