"""When does a process read from the journal what the bus owes, and when does it leave that to who is at work?"""

import asyncio

import pytest

from shared.plumbing import clock
from shared.plumbing.awake import AT_REST_AFTER, WAITS_AT_REST_MS, WAITS_AWAKE_MS, Awake
from shared.plumbing.catching_up import SILENT_AFTER, STUCK_AFTER, CatchingUp
from shared.plumbing.holding import Holding
from shared.plumbing.mailbox import Mailbox
from shared.plumbing.reader import Reader
from shared.plumbing.settings import Settings
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import enrolment
from tests.shared.plumbing.test_mailbox import HEAD, P, say
from tests.shared.plumbing.test_relay import until


@pytest.fixture
async def catching_up(settings: Settings, pool_of: OpenPool) -> CatchingUp:
    return CatchingUp(Reader(settings, Mailbox("status", {}, await pool_of("status"))))


def owed_after(one: CatchingUp, still: float) -> bool:
    """With a head that has not moved for so many seconds, everything else as it is."""
    now = max(clock.monotonic(), one.reader.began_at + still)
    return one.is_owed(HEAD, now, now - still)


def test_what_nobody_has_is_owed_soon(catching_up: CatchingUp) -> None:
    assert not owed_after(catching_up, SILENT_AFTER - 0.1)
    assert owed_after(catching_up, SILENT_AFTER)


def test_what_this_process_has_is_not_owed_while_it_applies_something(catching_up: CatchingUp) -> None:
    catching_up.reader.holding.assign(frozenset({P}))
    assert owed_after(catching_up, SILENT_AFTER)
    catching_up.reader.applying = True
    assert not owed_after(catching_up, STUCK_AFTER - 0.1)


def test_nor_just_after_it_has_applied_something(catching_up: CatchingUp) -> None:
    reader = catching_up.reader
    reader.holding.assign(frozenset({P}))
    now = clock.monotonic() + 100
    reader.gone_through_at, reader.brought_at = now - 9, now - 1
    assert not catching_up.is_owed(HEAD, now, now - 12)
    reader.gone_through_at = now - 1
    assert catching_up.is_owed(HEAD, now, now - 12)


def test_nor_while_it_waits_its_turn_among_what_is_being_applied(catching_up: CatchingUp) -> None:
    reader = catching_up.reader
    reader.holding.assign(frozenset({P}))
    now = clock.monotonic() + 100
    reader.applying, reader.gone_through_at, reader.brought_at = True, now - 1, now - 1
    reader.underway = frozenset({HEAD})
    assert not catching_up.is_owed(HEAD, now, now - 60)
    reader.underway = frozenset()
    assert catching_up.is_owed(HEAD, now, now - 60)


def test_what_another_process_has_is_left_to_it_while_it_moves_anything(catching_up: CatchingUp) -> None:
    now = clock.monotonic() + 100
    catching_up.elsewhere = {P: now - 1}
    assert not catching_up.is_owed(HEAD, now, now - 60)
    catching_up.elsewhere = {P: now - STUCK_AFTER}
    assert catching_up.is_owed(HEAD, now, now - 60)


async def test_processes_see_what_others_have_until_they_die_and_whether_they_move(pool_of: OpenPool) -> None:
    pool = await pool_of("status")
    mine, theirs = Holding(pool, "status"), Holding(pool, "status")
    keeping = [asyncio.create_task(mine.keep()), asyncio.create_task(theirs.keep())]
    mine.assign(frozenset({1, 2}))
    theirs.assign(frozenset({3, P}))

    async def seen() -> bool:
        return set(await mine.elsewhere()) == {3, P} and set(await theirs.elsewhere()) == {1, 2}

    await until(seen)
    before = (await mine.elsewhere())[P]
    assert (await mine.elsewhere())[3] == before
    await pool.execute("UPDATE bus.position SET seq = 1 WHERE reader = 'status' AND partition = 3")
    assert (await mine.elsewhere())[P] > before
    keeping[1].cancel()

    async def let_go() -> bool:
        return await mine.elsewhere() == {}

    await until(let_go)
    keeping[0].cancel()
    await asyncio.gather(*keeping, return_exceptions=True)


async def test_a_reader_wakes_when_anybody_says_anything_and_rests_when_all_are_silent(pool_of: OpenPool) -> None:
    told: list[int] = []
    awake = Awake(tell=told.append)
    keeping = asyncio.create_task(Holding(await pool_of("status"), "status", awake).keep())

    async def woken() -> bool:
        await say(await pool_of("ingest"), enrolment("7"))
        return told == [WAITS_AWAKE_MS]

    await until(woken)
    awake.rest_in_time()
    assert awake.wait_ms == WAITS_AWAKE_MS
    awake.heard_at -= AT_REST_AFTER
    awake.rest_in_time()
    assert told == [WAITS_AWAKE_MS, WAITS_AT_REST_MS]
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)


async def test_partitions_that_were_taken_away_are_let_go(pool_of: OpenPool) -> None:
    pool = await pool_of("status")
    mine, theirs = Holding(pool, "status"), Holding(pool, "status")
    keeping = asyncio.create_task(theirs.keep())
    for given in ({1, 2, 3}, {3, 4}, set[int]()):
        theirs.assign(frozenset(given))

        async def seen(given: set[int] = given) -> bool:
            return set(await mine.elsewhere()) == given

        await until(seen)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
