"""Does the pure core say of the sample county what an independent recount from its files says?"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.ingest.domain.matching import MatchRow
from tests.county import counting
from tests.county.conftest import SAMPLE
from tests.county.counting import Cells
from tests.county.played import Played, end_of
from tests.county.views import people, seen

EXPECTED = sorted((SAMPLE / "expected").glob("*.json"))
OF_DAYS = [path for path in EXPECTED if path.stem != "closing"]
LAST_ENROLMENT = date(2026, 10, 31)


def named(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", OF_DAYS, ids=named)
def test_every_person_is_as_the_recount_has_them(path: Path, county: Played) -> None:
    expected = json.loads(path.read_text("utf-8"))
    as_at, known_at = date.fromisoformat(expected["as_at"]), end_of(date.fromisoformat(expected["known_at"]))
    assert people(county, expected["campaign"], as_at, known_at) == expected["people"]


@pytest.mark.parametrize("path", EXPECTED, ids=named)
def test_every_cell_is_as_the_recount_has_it(path: Path, county: Played) -> None:
    expected = json.loads(path.read_text("utf-8"))
    as_at, known_at = date.fromisoformat(expected["as_at"]), end_of(date.fromisoformat(expected["known_at"]))
    outcome_on = LAST_ENROLMENT if path.stem == "closing" else as_at
    everyone = list(seen(county, expected["campaign"], as_at, known_at, outcome_on=outcome_on))
    _same(expected["report guarantee"], lambda by: counting.guarantee(everyone, by))
    for population, cells in expected.get("report participation", {}).items():
        _same(cells, lambda by, of=population: counting.participation(everyone, by, of))  # type: ignore[misc]


def _same(expected: dict[str, list[dict[str, Any]]], count: Callable[[list[str]], Cells]) -> None:
    for asked, cells in expected.items():
        by = [name for name in asked.split(",") if name]
        keyed = {tuple(cell[name] for name in by): cell for cell in cells}
        assert len(keyed) == len(cells)
        assert count(by) == keyed, asked


def test_every_row_that_stands_is_matched_to_its_person_or_waits_where_no_cohort_row_names_them(
    county: Played,
) -> None:
    names = county.identified(county.stamp())
    rows = list(_with_truth(county))
    in_cohort = {who for row, who in rows if row.cohort}
    for row, who in rows:
        match = county.matches[row.said]
        assert (names[match.young_person_id][0] if match else None) == (who if who in in_cohort else None), row.said


def _with_truth(county: Played) -> Iterator[tuple[MatchRow, str]]:
    truth = json.loads((SAMPLE / "truth.json").read_text("utf-8"))["rows"]
    plan = json.loads((SAMPLE / "plan.json").read_text("utf-8"))
    for step, submitted in county.submissions.items():
        if submitted.stands and submitted.match_rows:
            of_row = dict(zip(submitted.numbers, truth[plan[step]["file"]], strict=True))
            yield from ((row, of_row[row.said[1]]) for row in submitted.match_rows)
