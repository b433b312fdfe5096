"""Does what stands beside Waymark in a benchmark do the same work, so that it is a fair neighbour?"""

from collections.abc import Awaitable, Callable
from datetime import date

from benchmarks import caseload, county_files, direct
from benchmarks.county_files import CAMPAIGN
from benchmarks.office import Office, an_office
from services.outreach.queue import queue
from services.reporting import lists
from shared.plumbing.database import snapshot
from shared.plumbing.settings import Settings

PEOPLE = 40


async def test_the_same_handlers_without_a_bus_lead_to_the_same(
    settings: Settings, simulate: Callable[[date], Awaitable[None]]
) -> None:
    await simulate(caseload.STARTS_ON)
    await caseload.say(settings, PEOPLE)
    async with an_office(settings) as office:
        await office.apply_all()
        assert await waiting(office) == PEOPLE

        await office.take_in([county_files.enrolments(range(0, PEOPLE, 2))])
        await office.apply_all()
        assert await waiting(office) == PEOPLE // 2

        sent = county_files.enrolments(range(1, PEOPLE, 2))
        await direct.apply(office, await direct.accept(office, sent, await office.read(sent)))
        assert await waiting(office) == 0
        assert await does(office) == {("PARTICIPATING", True, "OFFER_MADE"): PEOPLE}


async def waiting(office: Office) -> int:
    async with snapshot(office.pools["outreach"], "outreach") as connection:
        found: int = (await queue(connection, establishments=None, limit=1))["total"]
        return found


async def does(office: Office) -> dict[tuple[object, ...], int]:
    """How many do what, and have which outcome."""
    counted: dict[tuple[object, ...], int] = {}
    async with snapshot(office.pools["reporting"], "reporting") as connection:
        latest = await connection.fetchval("SELECT max(last_at) + interval '1 day' FROM bus.head")
        async for one in lists.people(connection, campaign=CAMPAIGN, as_at=caseload.STANDS_ON, known_at=latest):
            said = one["campaigns"][0]
            key = said["participation"]["group"], said["participation"]["confirmed"], said["guarantee"]["outcome"]
            counted[key] = counted.get(key, 0) + 1
    return counted
