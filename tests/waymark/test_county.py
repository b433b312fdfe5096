"""Is a generated county whole: the same by seed, fit to be played, and full of everything that goes wrong?"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from waymark.county.dates import CAMPAIGN
from waymark.county.generate import CountyYear, generate_county
from waymark.county.identifiers import broken_uln, temporary_upn, uln, upn
from waymark.county.writer import write_county
from waymark.plan import read_plan
from waymark.problems import CannotBeUsed


@pytest.fixture(scope="module")
def year() -> CountyYear:
    return generate_county(seed=8, young_people=500)


def steps(year: CountyYear, action: str) -> list[dict[str, Any]]:
    return [step for step in year.plan if step["action"] == action]


def test_the_same_seed_gives_the_same_bytes(year: CountyYear) -> None:
    assert generate_county(seed=8, young_people=500) == year
    assert generate_county(seed=9, young_people=500).files != year.files


@pytest.mark.parametrize("young_people", [50, 500])
def test_its_plan_can_be_played(tmp_path: Path, young_people: int) -> None:
    made = write_county(generate_county(seed=4, young_people=young_people), tmp_path / "county")
    plan = read_plan(tmp_path / "county")
    assert made["steps"] == len(plan.steps)
    assert [step.on for step in plan.steps] == sorted(step.on for step in plan.steps)
    assert (plan.steps[0].on, plan.steps[-1].on) == (date(2026, 5, 1), date(2027, 1, 31))
    truth = json.loads((tmp_path / "county" / "truth.json").read_text())["rows"]
    assert made["rows"] == sum(len(people) for people in truth.values())


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(CannotBeUsed, match="not empty"):
        write_county(generate_county(seed=4, young_people=50), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_every_day_begins_before_anything_is_sent_on_it(year: CountyYear) -> None:
    today = ""
    for step in year.plan:
        if step["action"] == "advance":
            today = step["date"]
        assert step["date"] == today


def test_files_are_sent_once_each_and_none_is_left_over(year: CountyYear) -> None:
    sent = [step["file"] for step in steps(year, "submit")]
    assert sorted(sent) == sorted(year.files)
    assert len(set(sent)) == len(sent)


def test_it_has_as_many_young_people_as_were_asked_for(year: CountyYear) -> None:
    of_campaign = {
        person
        for step in steps(year, "submit")
        if step["feed"] == "cohort" and step["date"] < "2026-09-01"
        for person in year.truth[step["file"]]
        if person
    }
    assert len(of_campaign) == 500


def test_files_of_every_feed_come_from_may_to_january(year: CountyYear) -> None:
    feeds = Counter(step["feed"] for step in steps(year, "submit"))
    assert feeds.keys() == {
        "cohort", "offers", "enrolments", "activities", "establishments", "postcodes", "expectations",
    }  # fmt: skip
    assert min(feeds["cohort"], feeds["offers"], feeds["enrolments"], feeds["activities"]) >= 10


def test_the_cohort_is_frozen_once_after_a_late_school_has_sent_it(year: CountyYear) -> None:
    (freeze,) = steps(year, "freeze")
    assert (freeze["campaign"], freeze["date"]) == (CAMPAIGN, "2026-06-04")
    assert "cohort-8604002-2026-06-03.csv" in year.files


def test_mistakes_are_withdrawn_days_later_one_of_them_after_the_freeze_that_it_coloured(year: CountyYear) -> None:
    withdrawn = [(step["date"], year.plan[step["step"]]) for step in steps(year, "withdraw")]
    assert {sent["feed"] for _, sent in withdrawn} == {"cohort", "offers", "enrolments"}
    assert all(taken_back > sent["date"] for taken_back, sent in withdrawn)
    assert any(sent["date"] < "2026-06-04" < taken_back for taken_back, sent in withdrawn)
    assert sum("only-wrong" in sent["file"] for _, sent in withdrawn) == 4


def test_people_are_excepted_from_the_cohort_and_into_it_and_one_is_put_back(year: CountyYear) -> None:
    by_person: dict[str, list[str]] = {}
    for step in steps(year, "except"):
        by_person.setdefault(step["upn"], []).append(step["op"])
    assert sorted(by_person.values()) == [["add"], ["remove"], ["remove", "add"]]


def test_offers_after_august_name_their_campaign(year: CountyYear) -> None:
    late = [step for step in steps(year, "submit") if step["feed"] == "offers" and step["date"] > "2026-08-31"]
    assert late
    assert all(step["campaign"] == CAMPAIGN for step in late)


def test_numbers_are_sound_temporary_or_broken_as_their_checks_say() -> None:
    assert upn("860", 4000, 19, 1) == "F860400019001"
    assert temporary_upn("860", 4000, 19, 0) == "R86040001900A"
    digits = [int(digit) for digit in uln(77)]
    assert sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 10
    assert len({uln(serial) for serial in range(2000)}) == 2000
    assert broken_uln(uln(77)) != uln(77)
