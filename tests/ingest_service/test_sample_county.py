"""Played as a whole year, is every row of whom it truly is, and is what was said what a replay from nothing says?"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from services.ingest import store, tables
from services.ingest.domain.sheet import Sheet, read
from shared.domain.vocabulary import Feed
from tests.county.played import Played, played
from tests.ingest_service.office import Office

COUNTY = Path(__file__).parents[1] / "data" / "sample-county"


async def test_every_standing_row_is_of_whom_it_truly_is(office: Office) -> None:
    await office.play(COUNTY)
    replayed = played(COUNTY)
    matched = await matches(office)
    assert_as_in_truth(matched)
    assert {key for key in matched} == {said for said, one in replayed.matches.items() if one}
    await assert_as_replayed(office, matched, replayed)


async def matches(office: Office) -> dict[tuple[int, int], str]:
    """Whom each standing row is of, by the step that sent it and its row."""
    numbers = {
        row["number"]: row["submission_id"]
        for row in await office.desk.pool.fetch("SELECT number, submission_id FROM ingest.submission")
    }
    step_of = {submission_id: step for step, submission_id in office.steps.items()}
    return {(step_of[numbers[number]], row): who async for number, row, who in store.everyone_matched(office.desk.pool)}


def assert_as_in_truth(matched: dict[tuple[int, int], str]) -> None:
    """Each person has one true UPN and each true UPN one person."""
    truth = json.loads((COUNTY / "truth.json").read_text())["rows"]
    plan = json.loads((COUNTY / "plan.json").read_text())
    named: dict[str, set[str]] = defaultdict(set)
    for step in sorted({step for step, _ in matched}):
        for row, upn in zip(row_numbers(plan[step]), truth[plan[step]["file"]], strict=True):
            if (step, row) in matched:
                named[matched[step, row]].add(upn)
    assert len(named) > 300
    assert all(len(upns) == 1 for upns in named.values())
    assert len({upn for upns in named.values() for upn in upns}) == len(named)


def row_numbers(step: dict[str, Any]) -> list[int]:
    sheet = read((COUNTY / step["file"]).read_bytes(), Feed(step["feed"]), tables.load())
    assert isinstance(sheet, Sheet)
    return [number for number, _ in sheet.records]


async def assert_as_replayed(office: Office, matched: dict[tuple[int, int], str], replayed: Played) -> None:
    who = {one.young_person_id: matched[said] for said, one in replayed.matches.items() if one}
    said = await said_of_everyone(office)
    expected: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for piece in replayed.said.values():
        expected[who[str(piece.young_person_id)]].append(plain(json.loads(piece.model_dump_json())))
    assert {person: sorted(map(str, pieces)) for person, pieces in said.items() if pieces} == {
        person: sorted(map(str, pieces)) for person, pieces in expected.items()
    }


async def said_of_everyone(office: Office) -> dict[str, list[dict[str, Any]]]:
    step_of = {submission_id: step for step, submission_id in office.steps.items()}
    numbers = {
        row["number"]: step_of[row["submission_id"]]
        for row in await office.desk.pool.fetch("SELECT number, submission_id FROM ingest.submission WHERE number > 0")
    }
    people = await office.desk.pool.fetch("SELECT young_person_id FROM ingest.young_person")
    now = await office.desk.pool.fetchval("SELECT bus.now() + interval '1 day'")
    found = {}
    for row in people:
        pieces = await store.evidence(office.desk.pool, row["young_person_id"], now)
        said = [piece for piece in pieces if piece["type"] != "CohortExcepted"]
        found[row["young_person_id"]] = [plain(piece, numbers) for piece in said]
    return found


def plain(piece: dict[str, Any], numbers: dict[int, int] | None = None) -> dict[str, Any]:
    number, row = piece["said"]
    kept = {name: piece[name] for name in sorted(piece) if name not in ("event_id", "recorded_at", "young_person_id")}
    return kept | {"said": [numbers[number] if numbers else number, row]}
