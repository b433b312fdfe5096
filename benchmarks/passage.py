"""How many rows a second pass from sending to settled, and how many without a bus, on plain aiokafka, on the broker?"""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, cast

from benchmarks import caseload, county_files, direct, plain_kafka
from benchmarks.brokers import a_broker
from benchmarks.county_files import Sent
from benchmarks.databases import Server, a_server
from benchmarks.measuring import Effort, Spread, apart, by_turns, effort
from benchmarks.office import an_office
from benchmarks.plain_kafka import Posted
from benchmarks.results import Aim, Plot, Result, Table, result
from benchmarks.sending import send, warm_up
from benchmarks.stages import STAGES, stages
from benchmarks.systems import a_system
from benchmarks.watching import Sight, look
from shared.plumbing.database import queries
from shared.plumbing.journal import Head
from shared.plumbing.parcel import Row
from shared.plumbing.settings import Settings
from waymark.embedded import postgres

SPARE: Final = 60
"""Young people beyond the file, for the single rows that warm a system up."""
LEAST_SHARE: Final = 0.6
EVERYTHING: Final = 1_000_000_000
NUMBERS: Final = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Way:
    """Seconds before and after acceptance; of ways that begin with what is accepted, only those after."""

    accepted: float
    settled: float

    @property
    def whole(self) -> float:
        return self.accepted + self.settled


def measure(*, rows: int, repeats: int, workers: int) -> Result:
    with a_server() as server:
        caseload.make(server, rows + SPARE)
        asyncio.run(_set_aside(server))
        sent = county_files.enrolments(range(rows))
        alone: list[dict[str, Effort]] = []
        ways: dict[str, Callable[[], Way]] = {
            "Waymark": lambda: _system(server, sent, workers),
            "no bus": lambda: apart(_directly, server, sent),
            "plain aiokafka": lambda: _plainly(server, sent),
            "broker alone": lambda: _broker_alone(server, sent, alone),
        }
        found = by_turns(repeats, ways)
    return _result(rows, repeats, workers, found, alone)


async def _set_aside(server: Server) -> None:
    """What the caseload said need not be posted: every reader has it."""
    await server.say(
        "UPDATE bus.published AS p SET seq = h.seq FROM bus.head AS h"
        " WHERE h.lane = p.lane AND h.partition = p.partition",
        database=postgres.DATABASE,
    )
    await server.set_aside()


def _system(server: Server, sent: Sent, workers: int) -> Way:
    asyncio.run(server.again())
    with a_system(server.folder, server=server, workers=workers) as system:
        warm_up(server, system, range(sent.rows, sent.rows + SPARE))
        passed = asyncio.run(send(server, system, sent))
    return Way(passed.to_accepted, passed.to_settled)


def _directly(server: Server, sent: Sent) -> Way:
    async def work() -> Way:
        async with an_office(await server.again()) as office:
            with effort() as accepting:
                events = await direct.accept(office, sent, await office.read(sent))
            with effort() as applying:
                reshaping = await direct.apply(office, events)
        return Way(accepting.seconds, applying.seconds - reshaping)

    return asyncio.run(work())


def _plainly(server: Server, sent: Sent) -> Way:
    with a_broker() as bootstrap:
        settings = _on(asyncio.run(server.again()), bootstrap)
        with plain_kafka.consumers(settings, works=True) as pipes:
            posted = asyncio.run(_accepted(server, settings, sent))
            with effort() as spent:
                plain_kafka.pass_through(settings, pipes, posted)
    return Way(0.0, spent.seconds)


def _broker_alone(server: Server, sent: Sent, alone: list[dict[str, Effort]]) -> Way:
    """Every stage alone comes first, because what it says is what the broker then carries."""
    with a_broker() as bootstrap:
        settings = _on(asyncio.run(server.again()), bootstrap)
        before = asyncio.run(_sight(server))
        alone.append(apart(_in_stages, settings, sent, server.pid))
        posted = asyncio.run(_said_since(server, before, ("evidence", "details", "decisions")))
        settings = _on(settings, bootstrap)
        with plain_kafka.consumers(settings, works=False) as pipes, effort() as spent:
            plain_kafka.pass_through(settings, pipes, posted)
    return Way(0.0, spent.seconds)


def _on(settings: Settings, bootstrap: str) -> Settings:
    return settings.model_copy(update={"kafka_bootstrap": bootstrap, "topic_prefix": f"benchmark{next(NUMBERS)}"})


async def _accepted(server: Server, settings: Settings, sent: Sent) -> list[Posted]:
    async with an_office(settings) as office:
        before = await _sight(server)
        await office.accept(sent, await office.read(sent))
    return await _said_since(server, before, ("evidence", "details"))


def _in_stages(settings: Settings, sent: Sent, server: int) -> dict[str, Effort]:
    async def work() -> dict[str, Effort]:
        async with an_office(settings) as office:
            return await stages(office, sent, [server])

    return asyncio.run(work())


async def _sight(server: Server) -> Sight:
    async with server.looking(postgres.DATABASE) as connection:
        return await look(connection)


async def _said_since(server: Server, before: Sight, lanes: Sequence[str]) -> list[Posted]:
    """What the relay would post of these lanes."""
    heads = [head for reader, head in before.places if not reader and head.lane in lanes]
    given = [head.lane for head in heads], [head.partition for head in heads], [before.head(head) for head in heads]
    async with server.looking(postgres.DATABASE) as connection:
        rows = [
            row
            for name in ("next_of_journal", "next_of_detail_journal")
            for row in await connection.fetch(queries("shared.plumbing")[name], *given, EVERYTHING)
        ]
    rows.sort(key=_head_of)
    return [one for head, some in groupby(rows, _head_of) for one in plain_kafka.parcels(head, map(_row, some))]


def _head_of(row: Any) -> Head:
    return Head(row["lane"], row["partition"])


def _row(row: Any) -> Row:
    _, _, *found = row
    return cast("Row", tuple(found))


def _result(
    rows: int, repeats: int, workers: int, found: dict[str, list[Way]], alone: list[dict[str, Effort]]
) -> Result:
    after = {name: Spread(tuple(rows / way.settled for way in ways)) for name, ways in found.items()}
    whole = {name: Spread(tuple(rows / way.whole for way in found[name])) for name in ("Waymark", "no bus")}
    single = {name: Spread(tuple(rows / one[name].seconds for one in alone)) for name in STAGES}
    processor = {name: Spread(tuple(one[name].processor / rows * 1000 for one in alone)) for name in STAGES}
    share = whole["Waymark"].median / whole["no bus"].median
    beside = after["Waymark"].median
    ways = Table(
        title=f"An enrolments file of {rows:,} rows, rows a second",
        columns=("way", "sent to settled", "accepted to settled", "of Waymark's"),
        rows=tuple(
            (name, str(whole.get(name, "")), str(spread), f"{spread.median / beside:.2f}")
            for name, spread in after.items()
        ),
        note="plain aiokafka and the broker alone begin with what is accepted; at-least-once and no work respectively.",
    )
    each = Table(
        title="Each stage alone, nothing else running",
        columns=("stage", "rows a second", "processor ms a row"),
        rows=tuple((name, str(single[name]), str(processor[name])) for name in STAGES),
    )
    plot = Plot(
        name="passage",
        title="From acceptance to settled",
        unit="rows a second",
        labels=tuple(after),
        series={"": tuple(spread.median for spread in after.values())},
    )
    aim = Aim(
        what="Sent to settled, of the rate of the same SQL without a bus",
        unit="of it",
        measured=share,
        at_least=LEAST_SHARE,
    )
    asked = {"rows": rows, "repeats": repeats, "workers": workers}
    return result("passage", __doc__ or "", asked, tables=(ways, each), plots=(plot,), aims=(aim,))
