"""Are percentages rounded half up, and do the groups add up?"""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.figures import guarantee_cells, participation_cells, percentage, tallies


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "z"), (0, 7, "0.0"), (7, 7, "100.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (1, 2001, "0.0"),
     (269, 400, "67.3"), (3, 32, "9.4"), (5, 80, "6.3"), (999, 2000, "50.0")],
)  # fmt: skip
def test_a_percentage_has_one_decimal_half_up(part: int, whole: int, shown: str) -> None:
    assert percentage(part, whole) == shown


@given(st.integers(1, 2_000_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_percentage_is_what_decimal_arithmetic_gives(given_: tuple[int, int]) -> None:
    part, whole = given_
    exact = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert percentage(part, whole) == str(exact)


def test_without_dimensions_there_is_always_one_cell() -> None:
    assert guarantee_cells(tallies([], ()), ()) == [
        {"frozen": 0, "live": 0, "offer_made": 0, "not_appropriate": 0, "no_offer": 0, "not_recorded": 0,
         "percent_offer_made": "z", "percent_offer_made_live": "z"}
    ]  # fmt: skip
    assert guarantee_cells(tallies([], ("sex",)), ("sex",)) == []


def test_custody_and_compulsory_are_in_the_cohort_and_not_in_the_percentages() -> None:
    counts = Counter({("live", "PARTICIPATING"): 1, ("live", "NEET_AVAILABLE"): 1, ("live", "NEET_NOT_AVAILABLE"): 1,
                      ("live", "NOT_KNOWN"): 1, ("live", "CUSTODY"): 3, ("live", "COMPULSORY"): 2})  # fmt: skip
    (cell,) = participation_cells({(): counts}, (), "live")
    assert (cell["cohort"], cell["neet"], cell["custody"], cell["compulsory"]) == (9, 2, 3, 2)
    assert (cell["percent_participating"], cell["percent_neet_or_not_known"]) == ("25.0", "75.0")
