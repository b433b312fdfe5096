"""Does every row of the rules that files can reach decide somebody, when a whole system is given their files?"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.status import tables
from tests.journeys.asking import client_of
from tests.journeys.telling import COUNCIL, LATE_COLLEGE, NEXT_DOOR, SILENT_SCHOOL, Telling
from tests.system import a_system

Story = Callable[[Telling, str], None]


@dataclass(frozen=True)
class Expected:
    """What must be decided of somebody as at a day, as known at the end."""

    name: str
    as_at: str
    outcome: str | None = None
    does: str | None = None
    need: str | None = None

    @property
    def said(self) -> str:
        return f"{self.name} on {self.as_at}"


def _tell(telling: Telling) -> None:
    telling.place()
    telling.expects(SILENT_SCHOOL, "offers", "2026-06-26")
    telling.expects(LATE_COLLEGE, "enrolments", "2026-09-11")
    _tell_of_the_summer(telling)
    _tell_of_those_who_are_gone(telling)
    _tell_of_the_autumn(telling)
    _tell_of_what_is_not_learning(telling)


def _tell_of_the_summer(telling: Telling) -> None:
    for name in ("enrolled", "accepting", "offered", "coded-made", "declining", "not-appropriate", "withdrawn-from",
                 "none", "coded-none", "silent", "long-not-appropriate"):  # fmt: skip
        telling.cohort(name)
    telling.cohort("continuing", year=12, Continuing="Y")
    telling.cohort("awaited", by=SILENT_SCHOOL)
    telling.cohort("at-home", by=COUNCIL)
    telling.offer("accepting", "accepted")
    telling.offer("offered", "made")
    telling.code("coded-made", "110", "2026-06-01")
    telling.offer("declining", "made")
    telling.offer("declining", "declined", "2026-06-10")
    telling.code("not-appropriate", "120", "2026-06-01")
    telling.code("long-not-appropriate", "122", "2026-03-02")
    telling.offer("withdrawn-from", "made")
    telling.offer("withdrawn-from", "withdrawn", "2026-06-10")
    telling.offer("none", "made")
    telling.offer("none", "none", "2026-06-10")
    telling.code("coded-none", "150", "2026-06-01")
    telling.enrolment("enrolled", "expected", "2026-08-25")
    telling.enrolment("enrolled", "enrolled", "2026-09-10")


def _tell_of_those_who_are_gone(telling: Telling) -> None:
    telling.cohort("moved-away")
    telling.cohort("moved-away", "2026-07-06", Cohort_status="T", Moved_to="861", Left_on="2026-07-01")
    telling.cohort("next-door", year=12, Postcode=NEXT_DOOR)
    telling.cohort("left-school")
    telling.cohort("left-school", "2026-07-06", Left_on="2026-07-01")


def _tell_of_the_autumn(telling: Telling) -> None:
    for name in ("left-college", "non-start", "late-college", "unconfirmed", "apprentice", "part-time", "trainee"):
        telling.cohort(name)
    telling.enrolment("left-college", "enrolled")
    telling.enrolment("left-college", "left", "2026-10-15", End_date="2026-10-12")
    telling.enrolment("non-start", "expected", "2026-08-25")
    telling.enrolment("non-start", "did not start", "2026-09-24")
    telling.offer("late-college", "accepted", Provider_ID=LATE_COLLEGE)
    telling.activity("unconfirmed", "230", "2026-09-20", "2026-09-07", by="self", Employer_or_provider="own word")
    telling.enrolment("apprentice", "enrolled", Course_type="apprenticeship")
    telling.enrolment("part-time", "enrolled", Planned_hours="300")
    telling.activity("trainee", "410", "2026-09-20", "2026-09-07", by="partner", Employer_or_provider="Fresh Start")


def _tell_of_what_is_not_learning(telling: Telling) -> None:
    for name in ("working", "own-word-working", "seeking", "ill", "in-custody", "searched-for", "lapsed", "repeating"):
        telling.cohort(name)
    telling.activity("working", "330", "2026-09-20", "2026-09-07", Employer_or_provider="Orm Logistics")
    telling.activity(
        "own-word-working", "330", "2026-09-20", "2026-09-07", by="self", Employer_or_provider="Orm Logistics"
    )
    telling.activity("seeking", "619", "2026-09-20", "2026-09-07")
    telling.activity("ill", "640", "2026-09-20", "2026-09-07")
    telling.activity("in-custody", "710", "2026-09-20", "2026-09-07", Review_date="2026-11-30")
    telling.activity("searched-for", "820", "2026-09-20", "2026-09-07")
    telling.activity("lapsed", "530", "2026-06-10", "2026-06-10")
    telling.activity("repeating", "110", "2026-09-20", "2026-09-02")


TABLE = [
    Expected("enrolled", "2026-09-30", "SG10", "PA10", "OR02"),
    Expected("enrolled", "2026-08-31", "SG10", "PA40", "OR02"),
    Expected("accepting", "2026-06-15", "SG11", "PA40", "OR02"),
    Expected("accepting", "2026-09-30", "SG11", "PA90", "OR32"),
    Expected("offered", "2026-06-15", "SG12", "PA40", "OR02"),
    Expected("offered", "2026-09-30", "SG12", "PA90", "OR33"),
    Expected("continuing", "2026-06-15", "SG13", "PA10", "OR02"),
    Expected("continuing", "2026-09-30", "SG13", "PA70", "OR33"),
    Expected("coded-made", "2026-06-15", "SG14", "PA40", "OR02"),
    Expected("declining", "2026-06-09", "SG12", "PA40", "OR02"),
    Expected("declining", "2026-06-15", "SG15", "PA40", "OR20"),
    Expected("not-appropriate", "2026-06-15", "SG20", "PA40", "OR02"),
    Expected("not-appropriate", "2026-08-31", "SG20", "PA40", "OR21"),
    Expected("long-not-appropriate", "2026-06-15", "SG20", "PA40", "OR21"),
    Expected("withdrawn-from", "2026-06-15", "SG30", "PA40", "OR20"),
    Expected("none", "2026-06-15", "SG31", "PA40", "OR21"),
    Expected("coded-none", "2026-06-15", "SG31", "PA40", "OR21"),
    Expected("silent", "2026-06-15", "SG90", "PA40", "OR21"),
    Expected("silent", "2026-09-01", "SG90", "PA90", "OR33"),
    Expected("silent", "2026-05-31", "SG90", "PA40"),
    Expected("awaited", "2026-06-15", "SG90", "PA40", "OR10"),
    Expected("awaited", "2026-07-09", "SG90", "PA40", "OR10"),
    Expected("awaited", "2026-07-10", "SG90", "PA40", "OR21"),
    Expected("at-home", "2026-06-15", "SG90", "PA90", "OR21"),
    Expected("moved-away", "2026-06-15", "SG90", "PA40", "OR21"),
    Expected("moved-away", "2026-07-06", "SG90", "PA90", "OR01"),
    Expected("left-school", "2026-07-06", "SG90", "PA90", "OR21"),
    Expected("left-college", "2026-10-12", "SG10", "PA10", "OR02"),
    Expected("left-college", "2026-10-13", "SG10", "PA90", "OR31"),
    Expected("non-start", "2026-09-30", "SG90", "PA90", "OR31"),
    Expected("late-college", "2026-09-01", "SG11", "PA90", "OR10"),
    Expected("late-college", "2026-09-24", "SG11", "PA90", "OR10"),
    Expected("late-college", "2026-09-25", "SG11", "PA90", "OR32"),
    Expected("unconfirmed", "2026-09-30", "SG90", "PA11", "OR33"),
    Expected("apprentice", "2026-09-30", "SG10", "PA10", "OR02"),
    Expected("part-time", "2026-09-30", "SG10", "PA10", "OR02"),
    Expected("trainee", "2026-09-30", "SG10", "PA10", "OR02"),
    Expected("working", "2026-09-30", "SG90", "PA20", "OR34"),
    Expected("own-word-working", "2026-09-30", "SG90", "PA21", "OR34"),
    Expected("seeking", "2026-09-30", "SG90", "PA30", "OR30"),
    Expected("ill", "2026-09-30", "SG90", "PA31", "OR30"),
    Expected("in-custody", "2026-09-30", "SG90", "PA50", "OR02"),
    Expected("searched-for", "2026-09-30", "SG90", "PA60", "OR33"),
    Expected("lapsed", "2026-09-11", "SG90", "PA70", "OR33"),
    Expected("repeating", "2026-09-30", "SG90", "PA40", "OR90"),
]

BY_THE_ACTIVITY_CODE = {"apprentice": 310, "part-time": 250, "trainee": 410, "enrolled": 230}
OUT_OF_REACH = {"OR03"}
"""Only what is said in a call leads there."""


@pytest.fixture(scope="module")
def told() -> Telling:
    telling = Telling()
    _tell(telling)
    return telling


@pytest.fixture(scope="module")
def said(told: Telling, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """By day, everyone's campaign by their name."""
    folder = told.lay_down(tmp_path_factory.mktemp("told"))
    names = {upn: name for name, upn in told.upns.items()}
    with a_system() as system:
        system.up("--clock", "2026-05-01")
        system.ask("play", str(folder))
        assert system.ask("settle", "--timeout", "120")["settled"]
        client, days = client_of(system), {one.as_at for one in TABLE}
        yield {
            day: {names[one["upn"]]: one["campaigns"][0] for one in client.people(campaign=2026, as_at=day)}
            for day in days
        }
        assert not system.ask("verify")["differences"]


@pytest.mark.parametrize("expected", TABLE, ids=lambda one: one.said)
def test_somebody_is_decided_by_the_row(said: dict[str, dict[str, Any]], expected: Expected) -> None:
    standing = said[expected.as_at][expected.name]
    need = standing["need"]
    assert standing["guarantee"]["row"] == expected.outcome
    assert standing["participation"]["because"] == sentences("participation")[expected.does or ""]
    assert (need and need["row"]) == (None if expected.need in {"OR01", "OR02", "OR90"} else expected.need)
    if need:
        season = "summer" if expected.as_at < "2026-09-01" else "autumn"
        assert need["because"] == sentences(f"need_{season}")[need["row"]]


def test_whoever_lives_next_door_is_of_no_year_12_cohort(said: dict[str, dict[str, Any]]) -> None:
    assert not [day for day, everyone in said.items() if "next-door" in everyone]


@pytest.mark.parametrize(("name", "code"), BY_THE_ACTIVITY_CODE.items())
def test_a_course_has_the_activity_code_of_its_kind(said: dict[str, dict[str, Any]], name: str, code: int) -> None:
    assert said["2026-09-30"][name]["participation"]["activity_code"] == code


def test_no_row_is_left_out() -> None:
    tried = {row for one in TABLE for row in (one.outcome, one.does, one.need) if row}
    every = {row for table in ("guarantee", "participation", "need_summer", "need_autumn") for row in sentences(table)}
    assert every - tried == OUT_OF_REACH


def sentences(table: str) -> dict[str, str]:
    """What each row of a table says, by its code."""
    path = Path(tables.__file__).parent / f"{table}.csv"
    return {row["row"]: row["because"] for row in csv.DictReader(path.read_text("utf-8").splitlines())}
