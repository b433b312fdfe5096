"""Is every practitioners' case decided as they would have it? Cases are rows: a story, a day, and what is expected."""

import csv
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from services.status.domain.decide import CampaignDecision, Decision
from tests.status.builders import CAMPAIGN, Story, day

CASES = [
    pytest.param(row, id=f"{path.stem}: {row['case']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.csv"))
    for row in csv.DictReader(path.read_text("utf-8").splitlines())
]
Ask = Callable[[Decision, CampaignDecision, Any], object]
ASKED: Mapping[str, Ask] = {
    "row": lambda _, campaign, on: campaign.outcome.on(on).row,
    "outcome": lambda _, campaign, on: campaign.outcome.on(on).outcome.value,
    "group": lambda _, campaign, on: campaign.participation.on(on).group.value,
    "code": lambda _, campaign, on: campaign.participation.on(on).activity_code,
    "confirmed": lambda _, campaign, on: campaign.participation.on(on).confirmed,
    "lapses_on": lambda _, campaign, on: campaign.participation.on(on).lapses_on,
    "need": lambda _, campaign, on: getattr(campaign.need.on(on), "row", None),
    "frozen": lambda _, campaign, on: getattr(campaign.membership.on(on), "frozen", None),
    "frozen_at": lambda _, campaign, on: getattr(campaign.membership.on(on), "frozen_establishment", None),
    "live": lambda _, campaign, on: getattr(campaign.membership.on(on), "live", None),
    "year_group": lambda _, campaign, on: getattr(campaign.membership.on(on), "year_group", None),
    "establishment": lambda _, campaign, on: getattr(campaign.membership.on(on), "establishment", None),
    "monthly": lambda decision, _, on: decision.monthly.on(on) is not None,
    "monthly_year": lambda decision, _, on: getattr(decision.monthly.on(on), "year_group", None),
    "district": lambda decision, _, on: decision.dimensions.on(on).district,
    "sex": lambda decision, _, on: decision.dimensions.on(on).sex,
    "vulnerable": lambda decision, _, on: decision.dimensions.on(on).vulnerable,
}
"""What the columns of a file of cases ask."""
WORDS = {True: "yes", False: "no", None: "null"}


@pytest.mark.parametrize("row", CASES)
def test_case_is_decided_as_expected(row: Mapping[str, str]) -> None:
    decision = told(row["story"]).decided(row["known_at"] or None)
    campaign = decision.campaigns[int(row.get("campaign") or CAMPAIGN)]
    asked = {column: expected for column, expected in row.items() if column in ASKED and expected}
    assert asked
    assert {column: _word(ASKED[column](decision, campaign, day(row["as_at"]))) for column in asked} == asked


def told(text: str) -> Story:
    """A story from its sentences, parted by semicolons: a verb of the builders, then its words and `name=value`."""
    story = Story()
    for sentence in text.split(";"):
        verb, *words = shlex.split(sentence)
        named = dict(word.split("=", 1) for word in words if "=" in word)
        getattr(story, verb)(*(word for word in words if "=" not in word), **named)
    return story


def _word(value: object) -> str:
    return WORDS[value] if value is None or isinstance(value, bool) else str(value)
