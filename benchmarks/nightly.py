"""The nightly recompute that a council would write itself: how long does it take, and how old are its figures?"""

from dataclasses import dataclass
from typing import Final

from benchmarks.county_files import CAMPAIGN
from benchmarks.databases import Server
from benchmarks.measuring import Spread, effort
from benchmarks.queries_of import sql
from services.reporting import lists
from shared.plumbing.database import Connection, open_pool, snapshot
from shared.plumbing.settings import Settings

TABLES: Final = ("nightly_cohort", "nightly_offers", "nightly_spells")
HALF_A_DAY: Final = 12 * 3600.0
COMPARED: Final = 100_000
"""Up to so many people are compared one by one; all of them are recomputed."""


@dataclass(frozen=True, slots=True)
class Nightly:
    """Seconds a run, and the share of people of whom it says what Waymark says; None where that was not asked."""

    seconds: Spread
    agrees: float | None

    @property
    def figures_are_old(self) -> float:
        """Seconds on average: something is said at any hour, and is counted when the next night's run is over."""
        return HALF_A_DAY + self.seconds.median


async def recompute(server: Server, settings: Settings, *, people: int, repeats: int) -> Nightly:
    """Everybody's outcome and participation as at the business date, from typed tables of the rows that were sent."""
    async with server.looking(settings.database) as connection:
        await connection.execute("DROP SCHEMA IF EXISTS nightly CASCADE")
        await connection.execute("CREATE SCHEMA nightly")
        for name in TABLES:
            await connection.execute(sql(name))
        await connection.execute("ANALYZE")
        spent = [await _run(connection) for _ in range(repeats)]
        agrees = await _agreement(connection, settings) if people <= COMPARED else None
        return Nightly(Spread(tuple(spent)), agrees)


async def _run(connection: Connection) -> float:
    await connection.execute("DROP TABLE IF EXISTS nightly.answer")
    with effort() as spent:
        await connection.execute(sql("nightly_recompute"))
    return spent.seconds


async def _agreement(connection: Connection, settings: Settings) -> float:
    rows = await connection.fetch(sql("nightly_answers"), CAMPAIGN)
    theirs = {row["young_person_id"]: (row["outcome"], row["participation"]) for row in rows}
    now = await connection.fetchrow("SELECT bus.today() AS today, max(last_at) AS latest FROM bus.head")
    same = 0
    async with await open_pool(settings, "reporting") as pool, snapshot(pool, "reporting") as ours:
        async for one in lists.people(ours, campaign=CAMPAIGN, as_at=now["today"], known_at=now["latest"]):
            said = one["campaigns"][0]
            answer = said["guarantee"]["outcome"], said["participation"]["group"]
            same += theirs.get(one["young_person_id"]) == answer
    return same / len(theirs)
