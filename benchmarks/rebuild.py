"""How long does each service take to be built again from the journal, from its first event to its last?"""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks import caseload
from benchmarks.databases import Server, a_server
from benchmarks.measuring import effort
from benchmarks.office import READERS, apply_in
from benchmarks.results import Aim, Plot, Result, Table, result
from shared.domain.topics import PARTITIONS, lanes_heard_by
from shared.plumbing.settings import Settings

A_MILLION, WITHIN = 1_000_000, 60.0


def measure(*, people: int, processes: int) -> Result:
    """A county's May to September in the journal; services follow one another, each in so many processes."""
    rates: dict[str, tuple[int, float]] = {}
    with a_server() as server:
        caseload.make(server, people, apply=lambda settings: rates.update(rebuilt(server, settings, processes)))
    rows = tuple(
        (service, float(events), seconds, events / seconds, A_MILLION / (events / seconds))
        for service, (events, seconds) in rates.items()
    )
    table = Table(
        title=f"From position 0, {processes} processes a service, one service after another",
        columns=("service", "events", "seconds", "events a second", "seconds a million"),
        rows=rows,
    )
    plot = Plot(
        name="rebuild",
        title="Built again from the journal",
        unit="events a second",
        labels=tuple(rates),
        series={"": tuple(events / seconds for events, seconds in rates.values())},
    )
    aims = [Aim(what=f"{row[0]}, a million events", unit="s", measured=row[4], at_most=WITHIN) for row in rows]
    asked = {"people": people, "processes": processes}
    return result("rebuild", __doc__ or "", asked, tables=(table,), plots=(plot,), aims=aims)


def rebuilt(server: Server, settings: Settings, processes: int) -> dict[str, tuple[int, float]]:
    """Events and seconds by service."""
    found = {}
    for service in READERS:
        events = asyncio.run(_waiting(server, settings, service))
        shares = [range(at, PARTITIONS, processes) for at in range(processes)]
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            list(pool.map(len, shares))
            with effort() as spent:
                work = [pool.submit(apply_in, settings, service, share) for share in shares]
                for one in work:
                    one.result()
        found[service] = events, spent.seconds
    return found


async def _waiting(server: Server, settings: Settings, service: str) -> int:
    async with server.looking(settings.database) as connection:
        lanes = list(lanes_heard_by(service))
        many: int = await connection.fetchval("SELECT sum(seq)::bigint FROM bus.head WHERE lane = ANY ($1)", lanes)
        return many
