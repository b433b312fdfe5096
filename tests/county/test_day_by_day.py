"""Are the queue and the rolling cells right on the very day, as the county-year is lived through?"""

import json
from collections.abc import Awaitable, Callable
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from services.outreach import store as outreach_store
from services.outreach.queue import queue
from services.reporting import cells
from services.reporting.lists import ledger
from services.reporting.reports import GUARANTEE, Asked, from_cells, from_spans
from shared.plumbing.database import Connection, snapshot
from shared.plumbing.settings import Settings
from tests.county.played import Played, end_of
from tests.county.test_through_the_services import SAMPLE
from tests.through import Pools, all_pools, catch_up, say

QUIET = {"OR01", "OR02", "OR03", "OR10", "OR90", None}


@pytest.mark.slow
async def test_every_day_has_its_queue_its_cells_and_its_ledger(
    settings: Settings, simulate: Callable[[date], Awaitable[None]], county: Played
) -> None:
    expected = {date.fromisoformat(path.stem): json.loads(path.read_text("utf-8"))
                for path in (SAMPLE / "expected").glob("????-??-??.json")}  # fmt: skip
    async with all_pools(settings) as pools:
        for day, acts in groupby(county.log, key=lambda act: act[0]):
            await say(pools, acts, simulate)
            if day in expected:
                await catch_up(pools)
                known = county.identified(end_of(day))
                await is_as_expected(
                    pools, day, expected[day], {upn: person for person, (upn, _) in known.items() if upn}
                )


async def is_as_expected(pools: Pools, day: date, expected: dict[str, Any], by_upn: dict[str, str]) -> None:
    async with snapshot(pools["outreach"], "outreach") as connection:
        found = await queue(connection, establishments=None, limit=None)
        assert not await outreach_store.differing(connection)
    needs = {by_upn[upn]: one["need"] for upn, one in expected["people"].items() if one["need"] not in QUIET}
    assert {entry["young_person_id"]: entry["need"] for entry in found["entries"]} == needs
    assert (found["as_at"], found["total"]) == (day.isoformat(), len(needs))
    async with snapshot(pools["reporting"], "reporting") as connection:
        assert not await cells.differing(connection)
        await cells_and_spans_agree(connection, day)
        await the_ledger_adds_up(connection, day, expected["report guarantee"][""][0])


async def cells_and_spans_agree(connection: Connection, day: date) -> None:
    for populations in (GUARANTEE, ("frozen",), ("live",), ("monthly",)):
        for by in ((), ("year_group",), ("year_group", "establishment"), ("district",), ("send",)):
            asked = Asked(2026, end_of(day), by, (day,))
            assert await from_cells(connection, asked, populations) == await from_spans(
                connection, asked, day, populations
            )


async def the_ledger_adds_up(connection: Connection, day: date, cell: dict[str, Any]) -> None:
    found = await ledger(connection, 2026, day)
    assert (found["frozen"], found["live"]) == (cell["frozen"], cell["live"])
    assert found["frozen"] + sum(entry["change"] for entry in found["entries"]) == found["live"]
