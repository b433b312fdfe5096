"""Which values are in force for a campaign, and what is said of one that cannot be read?"""

import csv
from dataclasses import fields
from datetime import date

import pytest

from shared import codes
from shared.domain.guidance import Guidance, Value, guidance

VALUES: tuple[Value, ...] = tuple(
    (row["guidance"], row["campaign"], row["value"]) for row in csv.DictReader(codes.text("guidance").splitlines())
)


def test_the_defaults_are_those_of_the_rulebook() -> None:
    assert guidance(VALUES, 2026) == Guidance(
        start_tolerance=14,
        guarantee_enrolled_by=date(2026, 10, 31),
        declined_offer_counts=True,
        contact_opens_on=date(2026, 6, 1),
        contact_closes_on=date(2027, 8, 31),
        contact_eet=True,
        attempts_before_review=5,
        shield_days=14,
        shield_ends_enrolments=date(2026, 10, 18),
        shield_ends_offers=date(2026, 8, 31),
        not_appropriate_days=90,
        disclosure_threshold=5,
    )


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("contact_opens_on", "2026-05-25", date(2026, 5, 25)),
        ("contact_opens_on", "05-25", date(2026, 5, 25)),
        ("contact_closes_on", "+01-31", date(2027, 1, 31)),
        ("contact_eet", "no", False),
        ("shield_days", "7", 7),
    ],
)
def test_a_campaigns_own_value_goes_before_that_for_all(name: str, value: str, read: object) -> None:
    values = ((name, "2026", value), *VALUES)
    assert getattr(guidance(values, 2026), name) == read
    assert guidance(values, 2027) == guidance(VALUES, 2027)


@pytest.mark.parametrize("name", [field.name for field in fields(Guidance)])
def test_a_value_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(ValueError, match=f"guidance {name} has no value for campaign 2026"):
        guidance(tuple(value for value in VALUES if value[0] != name), 2026)
