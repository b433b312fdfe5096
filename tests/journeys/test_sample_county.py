"""Does a system that lives through the sample county say what the recount says, on the day and for ever after?"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.ingest.domain.contents import campaign_of
from shared.domain.vocabulary import Feed
from tests.county.played import end_of, played
from tests.county.views import people as recounted
from tests.journeys import asking
from tests.journeys.asking import CAMPAIGN, DAYS, SAMPLE, Answers
from tests.system import System, a_system
from waymark.client import Client

END = DAYS[-1]
ONLY_WRONG = [
    ("cohort", "8604000", "cohort-8604000-2026-06-29-wrong.csv"),
    ("offers", "8604002", "offers-8604002-2026-06-18-wrong.csv"),
    ("enrolments", "10003000", "enrolments-10003000-2026-10-09-wrong.csv"),
]


@dataclass
class Lived:
    """A system with the whole year behind it, and what it answered on the way."""

    system: System
    client: Client
    on_the_day: dict[str, Answers] = field(default_factory=dict)
    queues: dict[str, dict[str, str]] = field(default_factory=dict)

    def play(self, to: str) -> None:
        played = self.system.ask("play", str(SAMPLE), "--to", to)
        assert (played["business_date"], played["not_accepted"]) == (to, [])
        assert self.system.ask("settle", "--timeout", "120")["settled"]
        self.on_the_day[to] = asking.answers(self.client, to, to)
        self.queues[to] = asking.in_queue(self.client, to)

    def now(self) -> dict[str, Any]:
        """All that can be seen today: everyone on each of the ten days, and the queue in its order."""
        people = {day: asking.people(self.client, day) for day in DAYS}
        figures = {day: asking.cells(self.client, "guarantee", "year_group", day) for day in DAYS}
        return {"people": people, "figures": figures, "queue": self.client.queue()["entries"]}

    def settled(self) -> None:
        assert self.client.settle(120)["settled"]


@pytest.fixture(scope="module")
def lived() -> Iterator[Lived]:
    with a_system() as system:
        system.up("--clock", "2026-05-01")
        lived = Lived(system, asking.client_of(system))
        for day in DAYS:
            lived.play(day)
        yield lived


@pytest.mark.parametrize("day", DAYS)
def test_on_the_day_everyone_and_every_cell_is_as_the_recount_has_it(lived: Lived, day: str) -> None:
    assert lived.on_the_day[day] == asking.expected(day)


@pytest.mark.parametrize("day", DAYS)
def test_on_the_day_exactly_those_who_need_contact_are_in_the_queue(lived: Lived, day: str) -> None:
    assert lived.queues[day] == asking.to_contact(asking.expected(day)["people"])


@pytest.mark.parametrize("day", DAYS)
def test_what_was_known_then_is_said_for_ever(lived: Lived, day: str) -> None:
    assert asking.answers(lived.client, day, day, known_at=day) == asking.expected(day)


@pytest.mark.parametrize("day", DAYS[:-1])
def test_what_is_known_now_of_an_earlier_day_is_as_the_recount_has_it(lived: Lived, day: str) -> None:
    name = f"{day}_{END}"
    assert asking.answers(lived.client, name, day) == asking.expected(name)
    assert asking.answers(lived.client, name, day, known_at=END) == asking.expected(name)


def test_the_closing_figure_is_as_the_recount_has_it(lived: Lived) -> None:
    assert asking.closing(lived.client) == asking.expected("closing")["report guarantee"]


def test_the_recount_finds_no_difference(lived: Lived) -> None:
    verified = lived.system.ask("verify")
    assert verified["differences"] == []
    assert verified["checked"]["people"] >= len(asking.expected(END)["people"])


def test_what_is_sent_by_mistake_and_taken_back_leaves_everything_as_it_was(lived: Lived) -> None:
    before = lived.now()
    for feed, provider, file in ONLY_WRONG:
        sent = lived.client.post_submission(SAMPLE / file, feed=feed, provider=provider, campaign=CAMPAIGN, full=False)
        verdict = lived.client.verdict(sent)
        assert verdict["state"] == "accepted"
        lived.client.withdraw(verdict["submission_id"], reason="sent by mistake")
    lived.settled()
    assert lived.now() == before


def again() -> Iterator[dict[str, Any]]:
    """Every submission of the plan that stands at its end, sent once more on the last day for the campaign it had."""
    plan = json.loads((SAMPLE / "plan.json").read_text())
    gone = {step["step"] for step in plan if step["action"] == "withdraw"}
    for index, step in enumerate(plan):
        if step["action"] == "submit" and index not in gone:
            campaign = step.get("campaign") or campaign_of(Feed(step["feed"]), date.fromisoformat(step["date"]))
            yield {**step, "campaign": campaign, "date": END}


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twice") / "county"
    shutil.copytree(SAMPLE, folder)
    plan = [*json.loads((SAMPLE / "plan.json").read_text()), *again()]
    (folder / "plan.json").write_text(json.dumps(plan))
    return folder


def test_every_file_sent_a_second_time_changes_nothing_that_was_known_and_says_only_what_it_says(
    lived: Lived, twice: Path
) -> None:
    for step in again():
        sent = lived.client.post_submission(
            SAMPLE / step["file"],
            feed=step["feed"],
            provider=step["provider"],
            campaign=step["campaign"],
            full=step["full"],
        )
        assert lived.client.verdict(sent)["state"] == "accepted"
    lived.settled()
    for day in DAYS[:-1]:
        assert asking.answers(lived.client, day, day, known_at=day) == asking.expected(day)
    county, known = played(twice), end_of(date.fromisoformat(END))
    for day in DAYS:
        assert asking.people(lived.client, day) == asking.as_said(
            recounted(county, CAMPAIGN, date.fromisoformat(day), known)
        )
    assert asking.in_queue(lived.client, END) == asking.to_contact(asking.people(lived.client, END))
    assert lived.system.ask("verify")["differences"] == []
