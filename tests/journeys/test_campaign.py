"""Do the figures of a whole campaign hang together at every month-end, and does what was said then stay said?"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.county.played import end_of, played
from tests.county.views import people as recounted
from tests.journeys import asking
from tests.journeys.asking import CAMPAIGN, Answers
from tests.system import System, a_system
from waymark.client import Client

MONTH_ENDS = ("2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30",
              "2026-12-31", "2027-01-31")  # fmt: skip
OUTCOMES = ("offer_made", "not_appropriate", "no_offer", "not_recorded")
DOINGS = ("participating", "eet_not_participating", "neet", "not_known", "custody", "compulsory")
BYS = ("", "year_group", "year_group,establishment", "sex,send", "ethnicity", "vulnerable", "district")


@dataclass
class Campaign:
    """What was answered at each month-end as it came."""

    system: System
    client: Client
    folder: Path
    then: dict[str, Answers] = field(default_factory=dict)
    queues: dict[str, dict[str, str]] = field(default_factory=dict)
    ledgers: dict[str, Answers] = field(default_factory=dict)

    def live_to(self, day: str) -> None:
        self.system.ask("play", str(self.folder), "--to", day)
        assert self.client.settle(120)["settled"]
        self.then[day], self.queues[day] = everything(self.client, day), asking.in_queue(self.client, day)
        self.ledgers[day] = self.client.ledger(CAMPAIGN)


def everything(client: Client, day: str, known_at: str | None = None) -> Answers:
    populations = ("frozen", "live", "monthly")
    return {
        "people": asking.people(client, day, known_at),
        "guarantee": {by: asking.cells(client, "guarantee", by, day, known_at) for by in BYS},
        "participation": {
            population: {by: asking.cells(client, "participation", by, day, known_at, population) for by in BYS}
            for population in populations
        },
    }


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    """Lived through by two processes of each service, which must make no difference."""
    folder = tmp_path_factory.mktemp("generated") / "county"
    with a_system() as system:
        system.settings = {"WAYMARK_WORKERS": "2"}
        system.ask("generate", "county", "--seed", "11", "--young-people", "120", "--out", str(folder))
        system.up("--clock", "2026-05-01")
        campaign = Campaign(system, asking.client_of(system), folder)
        for day in MONTH_ENDS:
            campaign.live_to(day)
        yield campaign


def total(cells: Iterable[Answers], *names: str) -> int:
    return sum(cell[name] for cell in cells for name in names)


@pytest.mark.parametrize("day", MONTH_ENDS)
def test_the_groups_add_up_by_whatever_they_are_divided(campaign: Campaign, day: str) -> None:
    said = campaign.then[day]
    (whole,) = said["guarantee"][""]
    for cells in said["guarantee"].values():
        assert total(cells, *OUTCOMES) == total(cells, "frozen") == whole["frozen"]
        assert total(cells, "live") == whole["live"]
    for by_population in said["participation"].values():
        for cells in by_population.values():
            assert total(cells, *DOINGS) == total(cells, "cohort") == by_population[""][0]["cohort"]


@pytest.mark.parametrize("day", MONTH_ENDS)
def test_frozen_and_ledger_make_live(campaign: Campaign, day: str) -> None:
    ledger, (whole,) = campaign.ledgers[day], campaign.then[day]["guarantee"][""]
    assert (ledger["frozen"], ledger["live"]) == (whole["frozen"], whole["live"])
    if day > "2026-06-01":
        assert ledger["frozen"] + total(ledger["entries"], "change") == ledger["live"]


@pytest.mark.parametrize("day", MONTH_ENDS)
def test_exactly_those_with_a_need_are_in_the_queue(campaign: Campaign, day: str) -> None:
    assert campaign.queues[day] == asking.to_contact(campaign.then[day]["people"])
    assert bool(campaign.queues[day]) == (day > "2026-06-01")


@pytest.mark.parametrize("day", MONTH_ENDS)
def test_reports_count_the_people_listed(campaign: Campaign, day: str) -> None:
    said = campaign.then[day]
    people = said["people"].values()
    (whole,) = said["guarantee"][""]
    assert (whole["frozen"], whole["live"]) == (counted(people, "frozen"), counted(people, "live"))
    outcomes = Counter(one["outcome"].lower() for one in people if one["frozen"])
    assert {name: whole[name] for name in OUTCOMES} == {name: outcomes[name] for name in OUTCOMES}
    for population in ("frozen", "live"):
        of_them = [one for one in people if one[population]]
        for cell in said["participation"][population]["year_group,establishment"]:
            there = [one for one in of_them if all(one[name] == cell[name] for name in ("year_group", "establishment"))]
            does = Counter(_doing(one["group"]) for one in there)
            assert {name: cell[name] for name in DOINGS} == {name: does[name] for name in DOINGS}


def counted(people: Iterable[dict[str, Any]], name: str) -> int:
    return sum(one[name] for one in people)


def _doing(group: str) -> str:
    return "neet" if group.startswith("NEET") else group.lower()


@pytest.mark.parametrize("day", MONTH_ENDS)
def test_asked_at_the_end_as_known_then_the_answer_is_the_same(campaign: Campaign, day: str) -> None:
    assert everything(campaign.client, day, known_at=day) == campaign.then[day]


def test_everyone_is_as_the_pure_rules_decide_from_the_same_files(campaign: Campaign) -> None:
    county = played(campaign.folder)
    for day in MONTH_ENDS:
        known = date.fromisoformat(day)
        decided = recounted(county, CAMPAIGN, known, end_of(known))
        assert campaign.then[day]["people"] == asking.as_said(decided)


def test_the_recount_finds_no_difference(campaign: Campaign) -> None:
    assert campaign.system.ask("verify")["differences"] == []
