"""Are those who wait tried again just when somebody could be them, however the key came to be known?"""

import random

import pytest

from services.ingest.domain.matching import Act, MatchRow, replay
from services.ingest.kept_rows import kept_match_row
from shared.domain.events import Said
from shared.domain.vocabulary import Feed
from tests.ingest_service.files import COLLEGE, OTHER_SCHOOL, SCHOOL, THE_COLLEGE, ULNS, UPNS, cohort, establishments
from tests.ingest_service.office import Office
from tests.ingest_service.test_replay import some_file

ANN, BEN = "Aldric,Ann,2010-01-01", "Brand,Ben,2010-02-02"
STEPS = 16


def enrolments(*rows: str) -> str:
    """Each row is UPN, ULN, surname, forename and birth."""
    headings = "UPN,ULN,Surname,Forename,DOB,Enrolment status,Start date"
    return "\n".join((headings, *(f"{row},enrolled,2026-09-01" for row in rows)))


@pytest.fixture
async def county(office: Office) -> Office:
    await office.opened()
    await office.submit("establishments", "council", establishments(THE_COLLEGE))
    return office


async def marked(office: Office) -> list[bool]:
    """Of each row that waits, whether it will be tried again without anything that is new to it."""
    rows = await office.desk.pool.fetch(
        "SELECT near FROM ingest.sent_row WHERE stands AND young_person_id IS NULL ORDER BY number, row"
    )
    return [row["near"] for row in rows]


async def test_a_row_with_no_key_of_anybody_is_found_by_the_cohort_row_that_gives_it_one(county: Office) -> None:
    await county.submit("enrolments", COLLEGE, enrolments(f",{ULNS[0]},,,"))
    assert await marked(county) == [False]
    await county.submit("cohort", OTHER_SCHOOL, cohort(f"{UPNS[1]},,{BEN},"))
    assert await marked(county) == [False]
    await county.submit("cohort", SCHOOL, cohort(f"{UPNS[0]},{ULNS[0]},{ANN},"))
    assert await marked(county) == []


async def test_a_key_that_an_enrolment_gives_counts_at_the_next_cohort_file_of_anybody(county: Office) -> None:
    await county.submit("enrolments", COLLEGE, enrolments(f",{ULNS[0]},,,"))
    await county.submit("cohort", SCHOOL, cohort(f"{UPNS[0]},,{ANN},"))
    assert await marked(county) == [False]
    await county.submit("enrolments", COLLEGE, enrolments(f"{UPNS[0]},{ULNS[0]},,,"))
    assert await marked(county) == [True]
    await county.submit("cohort", OTHER_SCHOOL, cohort(f"{UPNS[1]},,{BEN},"))
    assert await marked(county) == []


async def test_a_row_that_is_found_late_gives_its_keys_to_those_after_it(county: Office) -> None:
    await county.submit("enrolments", COLLEGE, enrolments(f"{UPNS[0]},{ULNS[0]},,,", f",{ULNS[0]},,,"))
    await county.submit("cohort", SCHOOL, cohort(f"{UPNS[0]},,{ANN},"))
    assert await marked(county) == []


async def test_one_of_two_of_a_name_is_found_once_the_other_has_gone(county: Office) -> None:
    twins = await county.submit("cohort", SCHOOL, cohort(f"{UPNS[0]},,{ANN},ST90 1FZ"))
    await county.submit("cohort", OTHER_SCHOOL, cohort(f"{UPNS[1]},,{ANN},ST90 2RD"))
    await county.submit("enrolments", COLLEGE, enrolments(f",,{ANN}"))
    assert await marked(county) == [True]
    await county.withdraw(twins["submission_id"])
    await county.submit("cohort", SCHOOL, cohort(f"{UPNS[2]},,{BEN},"))
    assert await marked(county) == []


@pytest.mark.parametrize("seed", range(100, 106))
async def test_trying_some_gives_what_trying_all_would(county: Office, seed: int) -> None:
    order = random.Random(seed)
    sent: list[str] = []
    for _ in range(STEPS):
        feed, content = some_file(order)
        verdict = await county.submit(feed, order.choice((SCHOOL, OTHER_SCHOOL)), content)
        if verdict["state"] == "accepted":
            sent.append(verdict["submission_id"])
        if sent and order.random() < 0.2:
            await county.withdraw(sent.pop(order.randrange(len(sent))))
        assert await together(county) == await matched_anew(county)


async def together(office: Office) -> set[frozenset[Said]]:
    people: dict[str, set[Said]] = {}
    for row in await office.desk.pool.fetch(
        "SELECT * FROM ingest.sent_row WHERE stands AND young_person_id IS NOT NULL"
    ):
        people.setdefault(row["young_person_id"], set()).add((row["number"], row["row"]))
    return {frozenset(rows) for rows in people.values()}


async def matched_anew(office: Office) -> set[frozenset[Said]]:
    """Which rows are of one young person by a replay of all that stands, everyone tried after each cohort file."""
    acts: dict[int, list[MatchRow]] = {}
    for row in await office.desk.pool.fetch("SELECT * FROM ingest.sent_row WHERE stands ORDER BY number, row"):
        acts.setdefault(row["number"], []).append(kept_match_row(row))
    feeds = await office.desk.pool.fetch("SELECT number, feed FROM ingest.submission WHERE state = 'accepted'")
    cohorts = {row["number"] for row in feeds if row["feed"] == Feed.COHORT}
    made = iter(range(10_000))
    replayed = replay([Act(n, n in cohorts, rows) for n, rows in acts.items()], lambda row: f"new {next(made)}")
    people: dict[str, set[Said]] = {}
    for said, one in replayed.items():
        if one is not None:
            people.setdefault(one.young_person_id, set()).add(said)
    return {frozenset(rows) for rows in people.values()}
