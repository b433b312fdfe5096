"""Does the day move on, is a cohort frozen once, and is an exception made by name?"""

import asyncio
from datetime import date

import pytest

from services.ingest import calendar_days, cohorts, store, submissions
from services.ingest.acts import CannotBeUsed, NotKnown
from services.ingest.submissions import Sent
from services.ingest.worker import work
from shared.domain.vocabulary import Feed
from shared.plumbing.settings import Settings
from tests.ingest_service.files import SCHOOL, UPNS, cohort
from tests.ingest_service.office import Office, asked

ANN = f"{UPNS[0]},,Aldric,Ann,2010-01-01,ST90 1FZ"


async def test_each_day_that_passes_is_said_once_and_in_order(office: Office) -> None:
    moved = await office.advance(date(2026, 5, 4))
    await office.advance(date(2026, 5, 4))
    days = await office.said("DayPassed")
    assert [day["day"] for day in days] == ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"]
    assert moved["business_date"] == "2026-05-04"
    assert moved["recorded_at"] == days[-1]["recorded_at"].isoformat()


async def test_the_date_never_goes_back(office: Office) -> None:
    with pytest.raises(CannotBeUsed, match="1 May 2026"):
        await office.advance(date(2026, 4, 30))


async def test_a_slip_of_a_century_is_not_lived_through(office: Office) -> None:
    with pytest.raises(CannotBeUsed, match="smaller steps"):
        await office.advance(date(2126, 5, 2))
    assert [day["day"] for day in await office.said("DayPassed")] == []


async def test_the_same_step_asked_for_twice_at_once_is_taken_once(office: Office) -> None:
    once, pool = asked(), office.desk.pool
    one, other = await asyncio.gather(
        *(calendar_days.advance(pool, date(2026, 5, 20), once) for _ in range(2)),
    )
    assert one == other == await calendar_days.advance(pool, date(2026, 5, 20), once)
    assert len(await office.said("DayPassed")) == 20


async def test_what_was_sent_gets_its_verdict_before_the_day_moves_whoever_gives_it(
    office: Office, settings: Settings
) -> None:
    await office.opened()
    pool = office.desk.pool
    workers = [asyncio.create_task(work(settings, pool)) for _ in range(2)]
    rolls = [cohort(f"{upn},,Same,Some,2010-01-01,") for upn in UPNS]
    sent = [await submissions.send(pool, Sent(Feed.COHORT, SCHOOL, roll.encode()), asked()) for roll in rolls]
    await office.advance(date(2026, 5, 2))
    verdicts = [await store.submission(pool, submission_id) for submission_id in sent]
    assert {verdict["state"] for verdict in verdicts} == {"accepted"}
    moments = [verdict["recorded_at"] for verdict in verdicts]
    assert moments == sorted(set(moments))
    assert max(moments) < str((await office.said("DayPassed"))[-1]["recorded_at"].isoformat())
    assert len(await office.said("CohortRowStated")) == len(rolls)
    for worker in workers:
        worker.cancel()
    await asyncio.wait(workers)


async def test_a_cohort_is_frozen_once_and_not_before_june(office: Office) -> None:
    await office.advance(date(2026, 5, 31))
    with pytest.raises(CannotBeUsed, match="from 1 June 2026"):
        await office.freeze()
    await office.advance(date(2026, 6, 1))
    once = asked()
    frozen = await cohorts.freeze(office.desk.pool, 2026, once)
    assert await cohorts.freeze(office.desk.pool, 2026, once) == frozen
    with pytest.raises(CannotBeUsed, match="frozen already"):
        await office.freeze()
    (event,) = await office.said("CohortFrozen")
    assert (event["campaign"], event["recorded_at"].isoformat()) == (2026, frozen["recorded_at"])


async def test_an_exception_in_force_changes_nothing(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(ANN))
    (ann,) = await office.find(upn=UPNS[0])
    pool = office.desk.pool
    with pytest.raises(CannotBeUsed, match="not frozen yet"):
        await cohorts.except_(pool, 2026, ann, op="remove", reason="left", asked=asked())
    await office.advance(date(2026, 6, 1))
    await office.freeze()
    first = await cohorts.except_(pool, 2026, ann, op="remove", reason="left", asked=asked())
    assert await cohorts.except_(pool, 2026, ann, op="remove", reason="again", asked=asked()) == first
    await cohorts.except_(pool, 2026, ann, op="add", reason="not so", asked=asked())
    assert [event["op"] for event in await office.said("CohortExcepted")] == ["remove", "add"]
    assert [one["reason"] for one in await office.standing(ann) if one["type"] == "CohortExcepted"] == [
        "left",
        "not so",
    ]
    with pytest.raises(NotKnown):
        await cohorts.except_(pool, 2026, "99", op="add", reason="who", asked=asked())
