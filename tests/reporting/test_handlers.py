"""Do the tables hold what was decided, as known at every moment, and the cells what counts today?"""

from datetime import date, timedelta

import pytest

from services.reporting import cells
from services.reporting.domain.people import KnownOutOfOrder
from shared.domain.decisions import CampaignDecided
from shared.domain.topics import partition_of
from shared.plumbing.database import Pool, snapshot
from tests.reporting.conftest import hear, pass_day, people_decided, rows, working
from tests.reporting.decisions import NOON, SCHOOL, decided, enrolled, member

HOUR = timedelta(hours=1)
CELLS = """SELECT population, dimension, value, counted, sum(n) FROM cell WHERE dimension IN ('', 'establishment')
    GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4"""


async def differing(pool: Pool) -> list[dict[str, object]]:
    async with snapshot(pool, "reporting") as connection:
        return await cells.differing(connection)


async def test_a_decision_is_kept_with_its_reasons(pool: Pool) -> None:
    await hear(pool, enrolled("1"))
    found = await rows(
        pool,
        """SELECT young_person_id, from_on = '-infinity', to_on = 'infinity', known_from, cause, row_code, because
        FROM known JOIN outcome ON timeline = known.outcome JOIN reason ON reason.id = reason""",
    )
    assert found == [("1", True, True, NOON, "CohortRowStated", "SG11", "Because of SG11.")]


async def test_what_was_known_before_is_kept_with_the_time_over_which_it_was(pool: Pool) -> None:
    parted = CampaignDecided(campaign=2026, membership=(
        member(to_on=date(2026, 7, 1)), member(from_on=date(2026, 7, 1), live=False)))  # fmt: skip
    await hear(pool, enrolled("1"), decided("1", parted, known_from=NOON + HOUR))
    await hear(pool, enrolled("1", establishment="8604009", known_from=NOON + 2 * HOUR))
    found = await rows(
        pool,
        """SELECT live, establishment, known_from, CASE WHEN known_to < 'infinity' THEN known_to END
        FROM ever_known JOIN membership ON timeline = ever_known.membership ORDER BY known_from, from_on""",
    )
    assert found == [
        (True, SCHOOL, NOON, NOON + HOUR),
        (True, SCHOOL, NOON + HOUR, NOON + 2 * HOUR),
        (False, SCHOOL, NOON + HOUR, NOON + 2 * HOUR),
        (True, "8604009", NOON + 2 * HOUR, None),
    ]


async def test_what_is_said_of_many_is_kept_once(pool: Pool) -> None:
    await hear(pool, *(enrolled(str(number)) for number in range(1, 40)))
    await hear(pool, *(enrolled(str(number), campaign=0) for number in range(30, 50)))
    assert await rows(pool, "SELECT facet, count(*) FROM timeline GROUP BY 1 ORDER BY 1") == [
        ("membership", 1), ("outcome", 1), ("participation", 1)]  # fmt: skip


async def test_a_number_that_was_never_committed_is_given_to_nobody(pool: Pool) -> None:
    with pytest.raises(ZeroDivisionError):
        async with working(pool, partition_of("1")) as connection:
            await people_decided(connection, enrolled("1"))
            await people_decided(connection, enrolled("1", outcome="NO_OFFER"))
            raise ZeroDivisionError
    await hear(pool, enrolled("1"))
    outcomes = "SELECT outcome.outcome FROM known JOIN outcome ON timeline = known.outcome"
    assert await rows(pool, outcomes) == [("OFFER_MADE",)]
    assert not await differing(pool)


async def test_the_same_moment_again_replaces(pool: Pool) -> None:
    await hear(pool, enrolled("1"))
    await hear(pool, enrolled("1", outcome="NO_OFFER"))
    every = "SELECT outcome.outcome, known_from FROM ever_known JOIN outcome ON timeline = ever_known.outcome"
    assert await rows(pool, every) == [("NO_OFFER", NOON)]


async def test_a_decision_heard_twice_leaves_the_same(pool: Pool) -> None:
    every = "SELECT young_person_id, campaign, known_from, known_to, outcome FROM ever_known ORDER BY 1, 2, 3, 4"
    await hear(pool, enrolled("1"), enrolled("2"))
    once = await rows(pool, every)
    await hear(pool, enrolled("1"), enrolled("2"))
    assert await rows(pool, every) == once


async def test_a_decision_after_a_later_one_is_refused(pool: Pool) -> None:
    await hear(pool, enrolled("1"))
    with pytest.raises(KnownOutOfOrder):
        await hear(pool, enrolled("1", outcome="NO_OFFER", known_from=NOON - HOUR))


async def test_cells_count_everyone_once_in_each_population(pool: Pool) -> None:
    await hear(pool, enrolled("1", frozen=True, frozen_establishment="8604009"), enrolled("2", outcome="NO_OFFER"))
    assert await rows(pool, CELLS) == [
        ("frozen", "", "", "PARTICIPATING", 1),
        ("frozen", "establishment", SCHOOL, "PARTICIPATING", 1),
        ("guarantee frozen", "", "", "OFFER_MADE", 1),
        ("guarantee frozen", "establishment", "8604009", "OFFER_MADE", 1),
        ("guarantee live", "", "", "NO_OFFER", 1),
        ("guarantee live", "", "", "OFFER_MADE", 1),
        ("guarantee live", "establishment", SCHOOL, "NO_OFFER", 1),
        ("guarantee live", "establishment", "8604009", "OFFER_MADE", 1),
        ("live", "", "", "PARTICIPATING", 2),
        ("live", "establishment", SCHOOL, "PARTICIPATING", 2),
    ]
    await hear(pool, enrolled("2", known_from=NOON + HOUR))
    assert ("guarantee live", "", "", "OFFER_MADE", 2) in await rows(pool, CELLS)
    assert not await differing(pool)


async def test_a_day_that_passes_moves_the_cells_of_whose_spans_begin_with_it(pool: Pool) -> None:
    await pass_day(pool, date(2026, 8, 31))
    gone = member(from_on=date(2026, 9, 1), to_on=date(2026, 9, 3), live=False)
    parted = CampaignDecided(campaign=2026, membership=(member(to_on=date(2026, 9, 1)), gone))
    people = [str(number) for number in range(1, 40)]
    await hear(pool, *(enrolled(person) for person in people))
    await hear(pool, *(decided(person, parted, known_from=NOON + HOUR) for person in people[:20]))
    live = "SELECT sum(n) FROM cell WHERE population = 'live' AND dimension = ''"
    assert await rows(pool, live) == [(39,)]
    await pass_day(pool, date(2026, 9, 1))
    assert await rows(pool, live) == [(19,)]
    assert not await differing(pool)
    await pass_day(pool, date(2026, 9, 4))
    assert not await differing(pool)


async def test_monthly_counts_by_itself(pool: Pool) -> None:
    await hear(pool, enrolled("1", campaign=0))
    assert {row[0] for row in await rows(pool, CELLS)} == {"monthly"}
