"""Does it make no difference that files are sent twice, or sent by mistake and withdrawn? (rulebook 3.3, 3.7)"""

import json
from collections.abc import Callable
from datetime import date

import pytest

from tests.county.conftest import SAMPLE
from tests.county.plans import Step, every_file_twice, wrong_files_taken_back
from tests.county.played import end_of, plan_of, played
from tests.county.views import people

LAST = "2026-06-15"


@pytest.mark.parametrize("change", [every_file_twice, wrong_files_taken_back])
def test_the_county_is_the_same_to_the_person(change: Callable[[list[Step]], list[Step]]) -> None:
    plan = change([step for step in plan_of(SAMPLE) if step["date"] <= LAST])
    county = played(SAMPLE, plan)
    for day in ("2026-05-31", LAST):
        expected = json.loads((SAMPLE / "expected" / f"{day}.json").read_text("utf-8"))
        on = date.fromisoformat(day)
        assert people(county, expected["campaign"], on, end_of(on)) == expected["people"]
