"""Do reports count as at a day and as known at a moment, and do cells and spans always say the same?"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.reporting import reports
from services.reporting.domain.figures import DIMENSIONS, Cell
from services.reporting.lists import ledger, people, person
from services.reporting.reports import GUARANTEE, Asked, from_cells, from_spans
from shared.domain.decisions import CampaignDecided, DimensionsSpan, NeedSpan, OutcomeSpan
from shared.domain.vocabulary import GuaranteeOutcome
from shared.plumbing.database import Pool, snapshot
from tests.reporting.conftest import hear, pass_day
from tests.reporting.decisions import NOON, OTHER_SCHOOL, SCHOOL, decided, enrolled, member, reason

TODAY = date(2026, 6, 1)
NOW = NOON + timedelta(hours=9)


def asked(*by: str, day: date = TODAY, known_at: datetime = NOW) -> Asked:
    return Asked(2026, known_at, by, (day,))


async def guarantee(pool: Pool, question: Asked) -> list[Cell]:
    async with snapshot(pool, "reporting") as connection:
        return await reports.guarantee(connection, question)


@pytest.fixture
async def county(pool: Pool) -> Pool:
    """Forty people of two schools, some frozen, some not, who differ in every dimension."""
    await pass_day(pool, TODAY)
    await hear(pool, *(_somebody(number) for number in range(1, 41)))
    await hear(pool, *(_monthly(number) for number in range(1, 11)))
    return pool


def _somebody(number: int) -> Any:
    frozen = number % 3 != 0
    return enrolled(
        str(number),
        outcome=("OFFER_MADE", "NO_OFFER", "NOT_RECORDED", "NOT_APPROPRIATE")[number % 4],
        group=("PARTICIPATING", "NOT_KNOWN", "CUSTODY")[number % 3],
        year_group=11 + number % 2,
        establishment=SCHOOL if number % 5 else OTHER_SCHOOL,
        frozen=frozen,
        frozen_establishment=OTHER_SCHOOL if frozen and number % 7 == 0 else SCHOOL if frozen else None,
        live=number % 11 != 0,
        dimensions=[DimensionsSpan(district=f"D{number % 3}", sex="MFU"[number % 3], vulnerable="yes")],
    )


def _monthly(number: int) -> Any:
    return enrolled(str(number), campaign=0, year_group=13, known_from=NOON + timedelta(minutes=1))


async def test_cells_and_spans_say_the_same(county: Pool) -> None:
    async with snapshot(county, "reporting") as connection:
        for populations in (GUARANTEE, ("frozen",), ("live",), ("monthly",)):
            for by in ((), *((name,) for name in DIMENSIONS), *(("year_group", name) for name in DIMENSIONS[1:])):
                cells = await from_cells(connection, asked(*by), populations)
                assert cells == await from_spans(connection, asked(*by), TODAY, populations)
                assert sum(count.total() for count in cells.values()) > 0


async def test_the_frozen_count_where_the_freeze_found_them_and_joiners_where_they_are(pool: Pool) -> None:
    moved = enrolled("1", establishment=OTHER_SCHOOL, frozen=True, frozen_establishment=SCHOOL)
    await hear(pool, moved, enrolled("2", establishment=OTHER_SCHOOL))
    shown = ("establishment", "frozen", "live", "offer_made", "percent_offer_made", "percent_offer_made_live")
    cells = await guarantee(pool, asked("establishment"))
    assert [tuple(cell[name] for name in shown) for cell in cells] == [
        (SCHOOL, 1, 1, 1, "100.0", "100.0"), (OTHER_SCHOOL, 0, 1, 0, "z", "100.0")]  # fmt: skip


async def test_what_was_known_then_is_answered_for_ever(pool: Pool) -> None:
    await hear(pool, enrolled("1", outcome="NO_OFFER"))
    await hear(pool, enrolled("1", known_from=NOON + timedelta(hours=2)))
    async with snapshot(pool, "reporting") as connection:
        for hours, shown in ((-1, "z"), (1, "0.0"), (2, "100.0")):
            question = asked(known_at=NOON + timedelta(hours=hours), day=date(2026, 6, 2))
            (cell,) = await reports.guarantee(connection, question)
            assert cell["percent_offer_made_live"] == shown


async def test_the_closing_figure_takes_what_october_confirms(pool: Pool) -> None:
    deadline, october = date(2026, 10, 1), date(2026, 10, 31)
    outcomes = (
        OutcomeSpan(to_on=deadline, outcome=GuaranteeOutcome.NO_OFFER, reason=0),
        OutcomeSpan(from_on=deadline, to_on=october, outcome=GuaranteeOutcome.NOT_RECORDED, reason=0),
        OutcomeSpan(from_on=october, outcome=GuaranteeOutcome.OFFER_MADE, reason=1),
    )
    for person_id, row in (("1", "SG10"), ("2", "SG11")):
        said = CampaignDecided(campaign=2026, membership=(member(),), outcome=outcomes)
        await hear(pool, decided(person_id, said, reasons=(reason("SG31"), reason(row))))
    async with snapshot(pool, "reporting") as connection:
        (cell,) = await reports.closing(connection, asked())
    assert (cell["live"], cell["percent_offer_made_live"]) == (2, "50.0")


async def test_several_days_are_added_up(pool: Pool) -> None:
    await hear(pool, enrolled("1"))
    async with snapshot(pool, "reporting") as connection:
        question = Asked(2026, NOW, (), (TODAY, date(2026, 12, 31)))
        (cell,) = await reports.participation(connection, question, "live")
    assert (cell["cohort"], cell["percent_participating"]) == (2, "100.0")


async def test_people_are_listed_by_number_with_what_is_known_of_them(pool: Pool) -> None:
    need = CampaignDecided(campaign=2026, need=(NeedSpan(row="OR21", reason=0),))
    await hear(pool, enrolled("10"), enrolled("9"), enrolled("100", live=False))
    await hear(pool, decided("9", need, reasons=[reason("OR21", "need")], known_from=NOON + timedelta(seconds=1)))
    async with snapshot(pool, "reporting") as connection:
        found = [one async for one in people(connection, campaign=2026, as_at=TODAY, known_at=NOW)]
        alone = await person(connection, "9", as_at=TODAY, known_at=NOW)
        assert await person(connection, "8", as_at=TODAY, known_at=NOW) is None
    assert [one["young_person_id"] for one in found] == ["9", "10"]
    assert found[0] == alone
    (campaign,) = found[0]["campaigns"]
    assert campaign["guarantee"] == {"outcome": "OFFER_MADE", "row": "SG11", "because": "Because of SG11."}
    assert campaign["need"] == {"row": "OR21", "because": "Because of OR21.", "points": None, "priority": None}


async def test_the_ledger_leads_from_frozen_to_live(pool: Pool) -> None:
    left = CampaignDecided(campaign=2026, membership=(
        member(frozen=True, frozen_establishment=SCHOOL, to_on=date(2026, 7, 1)),
        member(frozen=True, frozen_establishment=SCHOOL, from_on=date(2026, 7, 1), live=False, gone="T")))  # fmt: skip
    joined = CampaignDecided(campaign=2026, membership=(member(from_on=date(2026, 7, 2)),))
    await hear(pool, enrolled("1", frozen=True, frozen_establishment=SCHOOL), decided("2", left), decided("3", joined))
    async with snapshot(pool, "reporting") as connection:
        found = await ledger(connection, 2026, date(2026, 9, 1))
        early = await ledger(connection, 2026, date(2026, 6, 1))
    assert (found["frozen"], found["live"], early["entries"]) == (2, 2, [])
    assert [(e["young_person_id"], e["change"], e["reason"]) for e in found["entries"]] == [
        ("2", -1, "Left: moved to another authority"), ("3", 1, "Joined the cohort")]  # fmt: skip
