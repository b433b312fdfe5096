"""Does the ledger always lead from the frozen cohort to the live one?"""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.ledger import Entry, KnownStanding, entries
from services.reporting.domain.spans import Standing
from tests.reporting.decisions import NOON

ALWAYS, FOREVER = date.min, date.max

SINCE, TODAY = date(2026, 5, 31), date(2026, 10, 20)
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
LATER = NOON + timedelta(days=40)


def known(
    from_on: date = ALWAYS,
    to_on: date = FOREVER,
    *,
    frozen: bool = True,
    live: bool = True,
    gone: str | None = None,
    since: datetime = NOON,
    until: datetime | None = None,
    cause: str = "CohortRowStated",
) -> KnownStanding:
    return KnownStanding(Standing(2026, from_on, to_on, frozen, live, gone), since, until, cause)


def shown(*history: KnownStanding) -> list[tuple[Entry, datetime]]:
    return entries(history, SINCE, TODAY)


def test_who_is_in_both_has_no_entry() -> None:
    assert shown(known()) == []


def test_a_leaver_is_one_entry_with_the_status_that_stands() -> None:
    history = [known(until=LATER), known(to_on=JULY, since=LATER), known(JULY, live=False, gone="T", since=LATER)]
    assert shown(*history) == [(Entry(JULY, -1, "T", exception=False), LATER)]


def test_a_joiner_who_goes_and_comes_back_is_three_entries() -> None:
    history = [known(JULY, AUGUST, frozen=False), known(AUGUST, date(2026, 9, 1), frozen=False, live=False),
               known(date(2026, 9, 1), frozen=False)]  # fmt: skip
    assert [(entry.change, entry.reason) for entry, _ in shown(*history)] == [
        (1, "joined"),
        (-1, "left"),
        (1, "came_back"),
    ]


def test_exceptions_are_marked() -> None:
    out = [known(until=LATER), known(frozen=False, since=LATER, cause="CohortExcepted")]
    assert shown(*out) == [(Entry(SINCE, 1, "excepted_out", exception=True), LATER)]
    into = [known(frozen=False, live=False, until=LATER), known(live=False, since=LATER, cause="CohortExcepted")]
    assert shown(*into) == [(Entry(SINCE, -1, "excepted_in", exception=True), LATER)]


def test_who_died_leaves_both_cohorts_and_both_are_listed() -> None:
    found = shown(known(to_on=JULY), known(JULY, frozen=False, live=False, gone="D"))
    assert [(entry.change, entry.exception) for entry, _ in found] == [(-1, False), (1, True)]


def test_an_entry_keeps_its_moment_when_something_else_becomes_known() -> None:
    first, second = NOON + timedelta(days=1), NOON + timedelta(days=2)
    history = [known(until=first), known(to_on=JULY, since=first), known(JULY, live=False, since=first, until=second),
               known(JULY, AUGUST, live=False, since=second), known(AUGUST, since=second)]  # fmt: skip
    assert [(entry.on, moment) for entry, moment in shown(*history)] == [(JULY, first), (AUGUST, second)]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=6), st.integers(0, 6))
def test_frozen_and_the_entries_are_live(course: list[tuple[bool, bool]], ahead: int) -> None:
    days = [ALWAYS, *(TODAY + timedelta(days=20 * (step + ahead - 5)) for step in range(len(course) - 1)), FOREVER]
    history = [
        known(a, b, frozen=frozen, live=live) for (frozen, live), a, b in zip(course, days, days[1:], strict=False)
    ]
    today = next(item.standing for item in history if item.standing.from_on <= TODAY < item.standing.to_on)
    assert today.frozen + sum(entry.change for entry, _ in shown(*history)) == today.live
