"""Is every activity code in the group, and current for as long, as rulebook 5.2 and 5.4 have it?"""

from datetime import date

import pytest

from services.status.domain.currency import Known, currency_of, lapse, months_after
from shared.domain.vocabulary import GuaranteeOutcome, Participation
from tests.status.builders import RULES

STARTED, VERIFIED, ENDS, REVIEW = date(2026, 9, 7), date(2026, 10, 20), date(2027, 1, 15), date(2026, 11, 30)
SET = {
    Participation.COMPULSORY: {110, 120, 130, 140, 150},
    Participation.PARTICIPATING: {
        210, 220, 230, 240, 250, 270, 280, 290, 310, 320, 381, 410, 430, 440, 450, 460, 550,
    },
    Participation.EET_NOT_PARTICIPATING: {260, 330, 340, 350, 360, 380, 530},
    Participation.NEET_AVAILABLE: {540, 610, 615, 616, 619},
    Participation.NEET_NOT_AVAILABLE: {620, 630, 640, 650, 660, 670, 680},
    Participation.NOT_KNOWN: {720, 810, 820, 830},
    Participation.CUSTODY: {710},
}  # fmt: skip
LAST_DAY = {
    date(2027, 8, 31): {110, 120, 130, 140, 150},
    ENDS: {210, 220, 230, 240, 250, 270, 280, 410, 430, 440, 450, 460},
    date(2027, 10, 20): {310, 320},
    date(2027, 4, 20): {330, 340, 360, 380, 381, 550},
    date(2027, 1, 20): {530},
    date(2026, 12, 28): {260, 290, 350, 710, 720},
    None: {540, 610, 615, 616, 619, 620, 630, 640, 650, 660, 670, 680, 810, 820, 830},
}
WITHOUT_DATES = {
    date(2027, 8, 31): {210, 220, 230, 240, 250, 270, 280},
    date(2027, 4, 20): {410, 430, 440, 450, 460},
    date(2026, 11, 17): {260, 290, 350, 710, 720},
}
GUARANTEE = {
    GuaranteeOutcome.OFFER_MADE: {"110", "114", "115"},
    GuaranteeOutcome.NOT_APPROPRIATE: {"120", "122", "123", "124"},
    GuaranteeOutcome.NO_OFFER: {"140", "150", "151", "153", "154"},
    GuaranteeOutcome.NOT_RECORDED: {"159"},
}


def test_every_code_is_in_its_group_and_no_other() -> None:
    found = {group: {code for code, a in RULES.activities.items() if a.group is group} for group in Participation}
    assert found == SET


@pytest.mark.parametrize(("last", "codes"), LAST_DAY.items())
def test_every_code_is_current_until_its_day(last: date | None, codes: set[int]) -> None:
    known = Known(STARTED, VERIFIED, ENDS, REVIEW)
    assert {code for code, a in RULES.activities.items() if lapse(a.currency, known) == last} == codes


@pytest.mark.parametrize(("last", "codes"), WITHOUT_DATES.items())
def test_without_an_expected_end_or_a_review_it_is_another_day(last: date, codes: set[int]) -> None:
    known = Known(STARTED, VERIFIED, None, None)
    assert {lapse(RULES.activities[code].currency, known) for code in codes} == {last}


@pytest.mark.parametrize(
    ("starts", "verified", "last"),
    [
        (date(2025, 9, 1), date(2026, 8, 31), date(2026, 8, 31)),
        (date(2025, 9, 1), date(2026, 9, 1), date(2027, 8, 31)),
        (date(2026, 9, 1), date(2026, 6, 30), date(2027, 8, 31)),
        (date(2026, 8, 24), date(2026, 6, 30), date(2026, 8, 31)),
    ],
)
def test_education_is_current_to_the_august_of_its_year(starts: date, verified: date, last: date) -> None:
    assert lapse(RULES.activities[230].currency, Known(starts, verified, None, None)) == last


def test_compulsory_age_is_current_to_the_august_on_or_after_it_was_verified() -> None:
    way = RULES.activities[110].currency
    assert lapse(way, Known(date(2026, 9, 1), date(2026, 8, 31), None, None)) == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, last: date) -> None:
    assert months_after(day, months) == last


def test_another_way_of_staying_current_is_refused() -> None:
    with pytest.raises(ValueError, match="no spell stays current by 'a while'"):
        currency_of("a while")


def test_every_guarantee_code_is_in_its_group() -> None:
    found = {group: {c for c, g in RULES.guarantee_codes.items() if g is group} for group in GuaranteeOutcome}
    assert found == GUARANTEE
