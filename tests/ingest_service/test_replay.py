"""Whatever is sent and taken back in whatever order, is it as if only what stands had ever been sent?"""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from services.ingest import store
from tests.ingest_service.files import OTHER_SCHOOL, SCHOOL, ULNS, UPNS, cohort, offers
from tests.ingest_service.office import Office

NAMES = ("Aldric,Ann,2010-01-01", "Aldric,Ann,2010-01-01", "Brand,Ben,2010-02-02", "Coll,Cid,2010-03-03")
STEPS = 14


def some_row(order: random.Random, *, named: bool) -> str:
    """Somebody by some of what could name them; few enough of each that they meet."""
    who = order.randrange(4)
    upn = order.choice((UPNS[who], UPNS[who], UPNS[(who + 1) % 4], ""))
    uln = order.choice((ULNS[who], ULNS[who], ULNS[(who + 2) % 4], "", ""))
    name = NAMES[who] if named or order.random() < 0.6 or not (upn or uln) else ",,"
    return f"{upn},{uln},{name}"


def some_file(order: random.Random) -> tuple[str, str]:
    if order.random() < 0.5:
        rows = {some_row(order, named=True) for _ in range(order.randrange(1, 4))}
        one_each = {row.split(",")[0] or row: row for row in sorted(rows)}
        return "cohort", cohort(*(f"{row},{order.choice(('ST90 1FZ', 'ST90 2RD', ''))}" for row in one_each.values()))
    return "offers", offers(*(f"{some_row(order, named=False)},made,P{n},2026-04-01" for n in range(2)))


@pytest.mark.parametrize("seed", range(6))
async def test_withdrawing_leaves_everything_as_if_it_had_never_been_sent(office: Office, seed: int) -> None:
    order = random.Random(seed)
    await office.opened()
    sent: list[tuple[str, str, str, str]] = []
    for _ in range(STEPS):
        feed, content = some_file(order)
        school = order.choice((SCHOOL, OTHER_SCHOOL))
        verdict = await office.submit(feed, school, content)
        if verdict["state"] == "accepted":
            sent.append((verdict["submission_id"], feed, school, content))
        if sent and order.random() < 0.4:
            await office.withdraw(sent.pop(order.randrange(len(sent)))[0])
    after = await grouped(office, [submission_id for submission_id, *_ in sent])
    await assert_said_as_matched(office)
    await office.advance(date(2026, 5, 1) + timedelta(days=1))
    for submission_id, *_ in sent:
        await office.withdraw(submission_id)
    assert not await everyone_standing(office)
    again = [(await office.submit(feed, school, content))["submission_id"] for _, feed, school, content in sent]
    assert await grouped(office, again) == after
    await assert_said_as_matched(office)


async def grouped(office: Office, submissions: list[str]) -> set[frozenset[tuple[int, int]]]:
    """Which rows are of one young person, by the place of their submission and their own; the ids do not matter."""
    found = await office.desk.pool.fetch("SELECT number, submission_id FROM ingest.submission WHERE number > 0")
    place = {row["number"]: submissions.index(str(row["submission_id"])) for row in found
             if str(row["submission_id"]) in submissions}  # fmt: skip
    people: dict[str, set[tuple[int, int]]] = defaultdict(set)
    async for number, row, who in store.everyone_matched(office.desk.pool):
        people[who].add((place[number], row))
    return {frozenset(rows) for rows in people.values()}


async def everyone_standing(office: Office) -> list[str]:
    return [who async for _, _, who in store.everyone_matched(office.desk.pool)]


async def assert_said_as_matched(office: Office) -> None:
    """What stands of what was said of each person is just the rows that are matched to them."""
    matched: dict[str, set[tuple[int, int]]] = defaultdict(set)
    async for number, row, who in store.everyone_matched(office.desk.pool):
        matched[who].add((number, row))
    people = await office.desk.pool.fetch("SELECT young_person_id FROM ingest.young_person")
    for person in people:
        who = person["young_person_id"]
        assert {tuple(piece["said"]) for piece in await office.standing(who)} == matched[who]
