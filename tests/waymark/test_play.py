"""Does a plan reach the system step by step, and is it carried on where it was stopped?"""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.waymark.front_door import Door
from waymark.client import Client
from waymark.plan import read_plan
from waymark.play import play
from waymark.problems import CannotBeUsed

SUMMER = date(2026, 7, 10)


def silent(line: str) -> None:
    """Progress that nobody reads."""


def test_every_step_is_sent_in_the_order_of_the_plan(door: Door, client: Client, small_county: Path) -> None:
    plan = read_plan(small_county)
    played = play(plan, client, to=None, progress=silent)
    sent = [step.given["file"] for step in plan.steps if step.action == "submit"]
    assert [taken["file"] for taken in door.submissions] == [(small_county / name).read_bytes() for name in sent]
    assert played.steps == len(plan.steps)
    assert played.business_date == door.business_date == "2027-01-31"
    assert played.rows["rows"] > 500
    assert not played.not_accepted


def test_a_withdrawal_takes_back_the_submission_of_its_step(door: Door, client: Client, small_county: Path) -> None:
    plan = read_plan(small_county)
    play(plan, client, to=SUMMER, progress=silent)
    acts = [step for step in plan.steps if step.action == "withdraw" and step.on <= SUMMER]
    wrong = {plan.steps[step.given["step"]].given["file"] for step in acts}
    taken = [taken["file"] for taken in door.submissions if taken["state"] == "withdrawn"]
    assert sorted(taken) == sorted((small_county / name).read_bytes() for name in wrong)


def test_it_stops_at_a_day_that_then_is_the_business_date(door: Door, client: Client, small_county: Path) -> None:
    plan = read_plan(small_county)
    play(plan, client, to=date(2026, 8, 30), progress=silent)
    assert door.business_date == "2026-08-30"
    assert len(door.submissions) == sum(step.action == "submit" and step.on <= date(2026, 8, 30) for step in plan.steps)


def test_what_was_played_before_is_not_done_again(door: Door, client: Client, small_county: Path) -> None:
    plan = read_plan(small_county)
    play(plan, client, to=date(2026, 5, 17), progress=silent)
    played = play(plan, client, to=date(2026, 6, 7), progress=silent)
    steps = [step for step in plan.steps if step.on <= date(2026, 6, 7)]
    assert played.steps == len(steps)
    assert len(door.submissions) == sum(step.action == "submit" for step in steps)
    assert len(set(door.keys())) == len(steps) + 2


def test_an_exception_names_its_person_by_upn_in_a_body(door: Door, client: Client, small_county: Path) -> None:
    plan = read_plan(small_county)
    play(plan, client, to=SUMMER, progress=silent)
    named = [step.given["upn"] for step in plan.steps if step.action == "except"]
    assert [body["upn"] for body in door.bodies("/people/find")] == named
    assert {body["young_person_id"] for body in door.bodies("/cohorts/2026/exceptions")} == {"41"}


def test_an_exception_of_nobody_is_said(door: Door, client: Client, small_county: Path) -> None:
    door.answers["/people/find"] = {"people": []}
    with pytest.raises(CannotBeUsed, match="of 0 young people"):
        play(read_plan(small_county), client, to=None, progress=silent)


def test_progress_says_day_and_file(client: Client, small_county: Path) -> None:
    lines: list[str] = []
    play(read_plan(small_county), client, to=date(2026, 5, 1), progress=lines.append)
    assert lines[0].endswith("1 May 2026: the day begins")
    assert "establishments-council-2026-05-01.csv accepted, " in lines[1]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ({"date": "2026-05-01", "action": "dance"}, "not known: dance"),
        ({"date": "1 May", "action": "advance"}, "needs a date"),
        ({"date": "2026-05-01", "action": "freeze"}, "lacks: campaign"),
        ({"date": "2026-05-01", "action": "withdraw", "step": 0}, "no earlier submission"),
        (
            {
                "date": "2026-05-01",
                "action": "submit",
                "feed": "cohort",
                "provider": "1",
                "file": "no.csv",
                "full": True,
            },
            "which is not in",
        ),
    ],
)
def test_a_plan_that_cannot_be_played_is_refused_before_anything_is_sent(
    tmp_path: Path, step: dict[str, object], says: str
) -> None:
    (tmp_path / "plan.json").write_text(json.dumps([step]))
    with pytest.raises(CannotBeUsed, match=says):
        read_plan(tmp_path)


def test_a_folder_without_a_plan_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotBeUsed, match="generate county"):
        read_plan(tmp_path)
