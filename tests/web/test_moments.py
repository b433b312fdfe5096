"""Is what was known at a moment answered up to the watermark and no further?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from shared.plumbing.database import Pool
from shared.web.fields import KnownAt, end_of
from shared.web.moments import resolve

K: TypeAdapter[datetime] = TypeAdapter(KnownAt)


@pytest.mark.parametrize(
    ("given", "means"),
    [
        ("2026-10-20", datetime(2026, 10, 20, 22, 59, 59, 999999, UTC)),
        ("2026-10-25", datetime(2026, 10, 25, 23, 59, 59, 999999, UTC)),
        ("2026-10-20T09:00:00+01:00", datetime(2026, 10, 20, 8, 0, tzinfo=UTC)),
        ("2026-10-20T09:00:00 01:00", datetime(2026, 10, 20, 8, 0, tzinfo=UTC)),
        ("2026-10-20T09:00:00Z", datetime(2026, 10, 20, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_date_means_its_end_in_london(given: str, means: datetime) -> None:
    assert K.validate_python(given) == means


async def test_now_is_the_watermark_and_a_later_moment_is_answered_as_at_it(
    pools: dict[str, Pool], simulate: Any
) -> None:
    await simulate(date(2026, 9, 1))
    async with pools["reporting"].acquire() as connection:
        reached = await connection.fetchval("SELECT bus.close()")
        now = await resolve(connection, None, None)
        assert (now.as_at, now.known_at, now.is_latest, now.seconds_old) == (date(2026, 9, 1), reached, True, 0.0)
        assert await resolve(connection, None, end_of(date(2026, 9, 1))) == now
        assert await resolve(connection, None, end_of(date(2030, 1, 1))) == now


async def test_an_earlier_moment_is_answered_as_asked(pools: dict[str, Pool], simulate: Any) -> None:
    await simulate(date(2026, 9, 1))
    async with pools["reporting"].acquire() as connection:
        earlier = end_of(date(2026, 8, 30))
        found = await resolve(connection, date(2026, 7, 1), earlier)
        assert (found.as_at, found.known_at, found.is_latest) == (date(2026, 7, 1), earlier, False)
        at_the_end_of_yesterday = await resolve(connection, None, end_of(date(2026, 8, 31)))
        assert at_the_end_of_yesterday.known_at <= now_of(date(2026, 9, 1))


def now_of(day: date) -> datetime:
    return end_of(day - timedelta(days=1)) + timedelta(microseconds=1)
