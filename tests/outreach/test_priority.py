"""Is the order of the queue a sum of points that look at nothing that they may not?"""

from dataclasses import asdict, fields
from datetime import date, timedelta

import pytest

from services.outreach.domain.priority import (
    FACTS,
    PointsRefused,
    Situation,
    changes_on,
    next_deadline,
    of_campaign,
    points,
    rules,
    standing,
)
from services.outreach.tables import contact_outcomes, contact_rows
from services.outreach.tables import points as table

TODAY = date(2026, 10, 20)
NEVER = ("sex", "gender", "ethnicity", "religion", "belief", "nationality", "race", "language")


def given(**said: object) -> dict[str, int]:
    situation = Situation(**({"campaign": 2026, "row_code": "OR33"} | said))  # type: ignore[arg-type]
    return {one.name: one.points for one in points(table(), situation, TODAY)}


def test_nothing_that_somebody_is_by_birth_or_belief_can_be_looked_at() -> None:
    seen = {field.name for field in fields(Situation)} | FACTS.keys()
    assert not [word for word in NEVER for name in seen if word in name]
    for word in NEVER:
        with pytest.raises(PointsRefused, match="row 2"):
            rules(f"fact,value,at_least,at_most,points,name\n{word},M,,,10,Because\n")


def test_a_table_that_cannot_be_read_names_its_row() -> None:
    with pytest.raises(PointsRefused, match="row 2: bounds"):
        rules("fact,value,at_least,at_most,points,name\nattempts,,many,,10,Because\n")


def test_every_row_that_asks_a_young_person_has_points() -> None:
    assert {rule.value for rule in table() if rule.fact == "need"} == contact_rows()


def test_work_without_learning_comes_after_everything_else() -> None:
    best = Situation(2026, "OR34", ("110", "140", "160", "170", "190", "200"), "E", "high", reachable=True)
    least = Situation(2026, "OR33", attempts=9, last_attempt_on=TODAY)
    total = {one.row_code: sum(p.points for p in points(table(), one, TODAY)) for one in (best, least)}
    assert total["OR34"] < total["OR33"]


def test_points_of_one_name_are_given_once() -> None:
    assert given(characteristics=("120", "190"))["Parent"] == 15


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"characteristics": ("110",)}, "Looked after or in care"),
        ({"characteristics": ("160",)}, "Care leaver"),
        ({"characteristics": ("170",)}, "Supervised by the youth justice service"),
        ({"characteristics": ("140",)}, "Young carer"),
        ({"characteristics": ("200",)}, "In alternative provision"),
        ({"provision": "E"}, "Has an EHC plan"),
        ({"roni_band": " High "}, "High risk of becoming NEET"),
        ({"attempts": 1, "last_attempt_on": date(2026, 10, 6)}, "Not tried for two weeks"),
        ({"attempts": 1, "last_attempt_on": TODAY}, "Tried in the last three days"),
        ({"attempts": 5}, "Tried five times or more"),
        ({"next_contact_on": TODAY}, "A call back is due"),
        ({"reachable": True}, "A phone number or an email address is known"),
        ({}, "Never tried"),
        ({}, "A deadline is at most two weeks away"),
    ],
)
def test_what_bears_on_priority_is_named(said: dict[str, object], name: str) -> None:
    assert name in given(**said)


def test_a_callback_of_tomorrow_is_not_due() -> None:
    assert "A call back is due" not in given(next_contact_on=date(2026, 10, 21))


def test_what_the_calendar_gives_and_what_is_theirs_add_up_to_all() -> None:
    one = Situation(2026, "OR30", ("110",), attempts=2, last_attempt_on=date(2026, 10, 19), reachable=True)
    assert standing(table(), one, TODAY) + of_campaign(table(), 2026, TODAY) == sum(given(**asdict(one)).values())


def test_a_name_is_of_one_fact_so_that_they_can_be_added_up() -> None:
    with pytest.raises(PointsRefused, match="row 3: 'Late'"):
        rules("fact,value,at_least,at_most,points,name\nattempts,,5,,10,Late\ncallback_due,yes,,,10,Late\n")


def test_their_points_stand_until_the_next_day_on_which_they_may_change() -> None:
    one = Situation(2026, "OR30", attempts=2, last_attempt_on=date(2026, 10, 19), next_contact_on=date(2026, 10, 30))
    days = [TODAY, date(2026, 10, 22), date(2026, 10, 30), date(2026, 11, 2)]
    assert [changes_on(table(), one, day) for day in days] == [*days[1:], None]
    for day in (TODAY + timedelta(days=n) for n in range(60)):
        until = changes_on(table(), one, day) or date.max
        assert day + timedelta(days=1) == until or (
            standing(table(), one, day) == standing(table(), one, day + timedelta(days=1)))  # fmt: skip


def test_deadlines_follow_one_another() -> None:
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 2), date(2027, 2, 1)]
    assert [next_deadline(2026, day) for day in days] == [
        date(2026, 9, 30), date(2026, 11, 1), date(2027, 1, 31), None]  # fmt: skip


def test_outcomes_say_how_long_to_rest() -> None:
    assert contact_outcomes()["no-answer"].rests_until(TODAY) == date(2026, 10, 22)
    assert contact_outcomes()["do-not-contact"].rests_until(TODAY) is None
    assert {code for code, outcome in contact_outcomes().items() if outcome.bars} == {"refused", "do-not-contact"}
