"""Is every file of the sample county read, row by row, as the people that its truth names?"""

import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from services.ingest.domain.rows import PersonRow
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import Feed
from tests.ingest.files import parsed, sheet

COUNTY = Path(__file__).parents[1] / "data" / "sample-county"
FILES = sorted(path.name for path in COUNTY.glob("*.csv"))
TRUTH: dict[str, list[str]] = json.loads((COUNTY / "truth.json").read_text("utf-8"))["rows"]


def sent_on(name: str) -> date:
    found = re.search(r"\d{4}-\d{2}-\d{2}", name)
    assert found is not None
    return date.fromisoformat(found[0])


@pytest.mark.parametrize("name", FILES)
def test_no_row_of_it_is_rejected_and_each_names_its_person(name: str, tables: Tables) -> None:
    content, feed = (COUNTY / name).read_bytes(), Feed(name.split("-")[0])
    found = parsed(content, feed, tables, today=sent_on(name))
    assert found.rejected == ()
    people = dict(
        zip((number for number, _ in sheet(content, feed, tables).records), TRUTH.get(name, ()), strict=False)
    )
    for row in found.rows:
        if isinstance(row, get_args(PersonRow)):
            assert row.identity.sound_upn in (None, people[row.number])
    assert not people or len(people) == found.counted
