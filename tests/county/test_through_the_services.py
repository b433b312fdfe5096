"""Do status and reporting, on a real database, hold what the pure rules decide, whatever the size of a batch?"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import from_json

from services.reporting.lists import people
from services.reporting.reports import Asked, closing, guarantee, participation
from services.status.domain.decide import decide
from services.status.domain.facets import facets
from services.status.domain.telling import all_told
from shared.plumbing.database import Connection, open_pool, snapshot
from shared.plumbing.settings import Settings
from tests.county.played import Played, end_of
from tests.through import all_pools, catch_up, say

SAMPLE = Path(__file__).parents[1] / "data" / "sample-county"


@pytest.mark.slow
async def test_the_database_holds_what_the_rules_decide_and_reports_what_the_recount_counts(
    settings: Settings, simulate: Callable[[date], Awaitable[None]], county: Played
) -> None:
    async with all_pools(settings) as pools:
        await say(pools, county.log, simulate)
        await catch_up(pools)
    await cases_are_decided_as_in_memory(settings, county)
    async with await open_pool(settings, "reporting") as pool, snapshot(pool, "reporting") as connection:
        for path in sorted((SAMPLE / "expected").glob("*.json")):
            expected = json.loads(path.read_text(encoding="utf-8"))
            await cells_are_as_expected(connection, expected)
            if "people" in expected:
                await people_are_as_expected(connection, expected)


async def cases_are_decided_as_in_memory(settings: Settings, county: Played) -> None:
    async with await open_pool(settings, "status") as pool, snapshot(pool, "status") as connection:
        stored = {
            row["young_person_id"]: from_json(row["told"])["marks"]
            for row in await connection.fetch("SELECT * FROM person_case")
        }
    now = county.control(county.returns[-1][0])
    assert stored.keys() == county.cases.keys()
    for person, case in county.cases.items():
        marks = {name: told.mark for name, told in all_told(facets(decide(case, now))).items() if told.mark}
        assert stored[person] == marks, person


async def cells_are_as_expected(connection: Connection, expected: dict[str, Any]) -> None:
    as_at, known_at = date.fromisoformat(expected["as_at"]), end_of(date.fromisoformat(expected["known_at"]))

    def asked(by: str) -> Asked:
        return Asked(expected["campaign"], known_at, tuple(name for name in by.split(",") if name), (as_at,))

    for by, cells in expected["report guarantee"].items():
        counted = await (guarantee if "people" in expected else closing)(connection, asked(by))
        assert sorted(counted, key=str) == sorted(cells, key=str), by
    for population, report in expected.get("report participation", {}).items():
        for by, cells in report.items():
            counted = await participation(connection, asked(by), population)
            bare = [{name: value for name, value in cell.items() if name != "population"} for cell in counted]
            assert sorted(bare, key=str) == sorted(cells, key=str), (population, by)


async def people_are_as_expected(connection: Connection, expected: dict[str, Any]) -> None:
    as_at, known_at = date.fromisoformat(expected["as_at"]), end_of(date.fromisoformat(expected["known_at"]))
    listed = [one async for one in people(connection, campaign=expected["campaign"], as_at=as_at, known_at=known_at)]
    found = Counter(_flat(one) for one in listed)
    assert found == Counter(_expected(one) for one in expected["people"].values())


def _flat(person: dict[str, Any]) -> tuple[object, ...]:
    (campaign,) = person["campaigns"]
    does, need = campaign["participation"], campaign["need"]
    lapses_on = does["lapses_on"] and str(does["lapses_on"])
    return (
        *(campaign[name] for name in ("year_group", "establishment", "frozen", "live")),
        *(campaign["guarantee"][name] for name in ("outcome", "row")),
        *(does[name] for name in ("group", "activity_code", "confirmed")),
        *(lapses_on, need and need["row"]),
    )


def _expected(person: dict[str, Any]) -> tuple[object, ...]:
    names = ("year_group", "establishment", "frozen", "live", "outcome", "row", "group", "activity_code", "confirmed")
    need = None if person["need"] in {"OR01", "OR02", "OR03", "OR90"} else person["need"]
    return (*(person[name] for name in names), person["lapses_on"], need)
