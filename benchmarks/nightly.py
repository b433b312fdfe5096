"""The nightly recompute that a council would write itself: how long does it take, and how old are its figures?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.county_files import CAMPAIGN
from benchmarks.databases import Server
from benchmarks.measuring import Spread, effort
from benchmarks.queries_of import sql

TABLES: Final = ("nightly_cohort", "nightly_offers", "nightly_spells")
HALF_A_DAY: Final = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Nightly:
    """Seconds a run, the people recomputed, and the share of them of whom it says what Waymark says."""

    seconds: Spread
    people: int
    agrees: float

    @property
    def figures_are_old(self) -> float:
        """Seconds on average: something is said at any hour, and is counted when the next night's run is over."""
        return HALF_A_DAY + self.seconds.median


async def recompute(server: Server, database: str, *, repeats: int) -> Nightly:
    """Everybody's outcome and participation as at the business date, from typed tables of the rows that were sent."""
    async with server.looking(database) as connection:
        await connection.execute("DROP SCHEMA IF EXISTS nightly CASCADE")
        await connection.execute("CREATE SCHEMA nightly")
        for name in TABLES:
            await connection.execute(sql(name))
        await connection.execute("ANALYZE")
        spent: Sequence[float] = [await _run(server, database) for _ in range(repeats)]
        people = await connection.fetchval("SELECT count(*) FROM nightly.answer")
        agrees = await connection.fetchval(sql("nightly_agrees"), CAMPAIGN)
        return Nightly(Spread(tuple(spent)), people, agrees)


async def _run(server: Server, database: str) -> float:
    async with server.looking(database) as connection:
        with effort() as spent:
            await connection.execute("DROP TABLE IF EXISTS nightly.answer")
            await connection.execute(sql("nightly_recompute"))
    return spent.seconds
