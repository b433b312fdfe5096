"""Does the recount find whatever is not as the evidence has it, and nothing else?"""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from shared.domain.events import CohortFrozen, DayPassed, Event
from shared.plumbing.database import transaction
from shared.plumbing.settings import Settings
from tests.status.builders import SPACE, Story
from tests.through import all_pools, catch_up, say
from waymark.jobs.verify import verify

TODAY = date(2026, 6, 20)
OF_8 = "WHERE timeline IN (SELECT {} FROM known WHERE young_person_id = '8')"


def acts() -> list[tuple[date, list[Event]]]:
    """Two young people of one school, one with an offer, one without; the cohort is frozen in June."""
    told: list[tuple[date, list[Event]]] = []
    for person, offered in (("7", True), ("8", False)):
        story = Story()
        story.cohort()
        if offered:
            story.offer("accepted", "2026-06-02")
        told += [
            (date(2026, 5, 20), [event.model_copy(update={"young_person_id": person, "recorded_at": None})])
            for event in story.events
        ]
    frozen = CohortFrozen(event_id=SPACE, source="ingest", campaign=2026, number=100)
    passed = DayPassed(event_id=SPACE, source="ingest", day=TODAY)
    return [*told, (date(2026, 6, 4), [frozen]), (TODAY, [passed])]


@pytest.fixture
async def verified(settings: Settings, simulate: Callable[[date], Awaitable[None]]) -> Settings:
    """A database in which all has been said and has passed."""
    async with all_pools(settings) as pools:
        await say(pools, acts(), simulate)
        await catch_up(pools)
        await pools["ingest"].execute("SELECT bus.close()")
    return settings


async def test_what_nobody_touched_has_no_difference(verified: Settings) -> None:
    found = await verify(verified)
    assert found["differences"] == []
    assert {name: number > 0 for name, number in found["checked"].items()} == {
        "people": True, "queue": True, "cells": True, "ledger": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("service", "tampering", "what", "people"),
    [
        ("reporting", "UPDATE outcome SET outcome = 'OFFER_MADE' " + OF_8.format("outcome"), "spans", ["8"]),
        ("reporting", "DELETE FROM known WHERE young_person_id = '7'", "spans", ["7"]),
        ("reporting", "UPDATE cell SET n = n + 1 WHERE dimension = '' AND population = 'live'", "cell", []),
        ("reporting", "UPDATE membership SET frozen = false " + OF_8.format("membership"), "ledger", ["8"]),
        ("outreach", "DELETE FROM entry WHERE young_person_id = '8'", "queue", ["8"]),
        ("outreach", "UPDATE entry SET row_code = 'OR30' WHERE young_person_id = '8'", "queue", ["8"]),
    ],
)
async def test_whatever_is_not_as_the_evidence_has_it_is_found(
    verified: Settings, service: str, tampering: str, what: str, people: list[str]
) -> None:
    async with all_pools(verified) as pools, transaction(pools[service], service) as connection:
        await connection.execute(tampering)
    differences = (await verify(verified))["differences"]
    assert any(one["what"].startswith(what) and one["young_person_ids"] == people for one in differences)


async def test_what_has_yet_to_pass_is_no_difference(verified: Settings) -> None:
    story = Story()
    story.cohort()
    new = [event.model_copy(update={"young_person_id": "9", "recorded_at": None}) for event in story.events]
    async with all_pools(verified) as pools:
        await say(pools, [(TODAY, new)], _stays)
        assert (await verify(verified))["differences"] == []


async def _stays(day: date) -> None:
    """The business date is that already."""
