"""How long does one rule decision take, and how long the whole of one young person, all days of their life with us?"""

import asyncio
import csv
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from itertools import cycle, islice
from typing import Final, TypeVar

from benchmarks import caseload
from benchmarks.databases import Server, a_server
from benchmarks.measuring import Spread
from benchmarks.office import an_office
from benchmarks.results import Aim, Result, Table, result
from services.status import store, tables
from services.status.domain.case import Case, fold
from services.status.domain.control import Control
from services.status.domain.decide import decide
from services.status.domain.rules import VOCABULARY, Rules
from shared.domain.decision_table import ANY, Fact, Row
from shared.domain.events import Event
from shared.domain.topics import PARTITIONS, parse
from shared.plumbing import clock, journal
from shared.plumbing.database import transaction
from shared.plumbing.journal import Head

T = TypeVar("T")
MICROSECONDS, AT_MOST, CALLS = 1e6, 1.0, 200_000
TABLE: Final = "need_autumn"


def measure(*, people: int, repeats: int) -> Result:
    rules = tables.load()
    table = rules.need_autumn
    facts = list(islice(cycle(table.fits), CALLS))
    tried = _by_trying(table.rows)
    with a_server() as server:
        cases, control = asyncio.run(_county(server, people, rules))
    ways: dict[str, Callable[[], float]] = {
        "one look-up": lambda: _each(table.decide, facts),
        "its rows tried one after another": lambda: _each(tried, facts),
        "a whole young person": lambda: _each(lambda case: decide(case, control), cases),
    }
    found = {name: Spread(tuple(way() * MICROSECONDS for _ in range(repeats))) for name, way in ways.items()}
    shown = Table(
        title="One after another, in one process, by its processor time",
        columns=("what", "microseconds"),
        rows=tuple((name, str(spread)) for name, spread in found.items()),
        note=f"The table is {table.name}, over all its {len(table.fits):,} cases; {len(cases):,} people of September.",
    )
    aim = Aim(what="One rule decision", unit="µs", measured=found["one look-up"].median, at_most=AT_MOST)
    return result("deciding", __doc__ or "", {"people": people, "repeats": repeats}, tables=(shown,), aims=(aim,))


def _each(work: Callable[[T], object], things: Sequence[T]) -> float:
    """Processor seconds for one of these; the loop's own time is in it."""
    began = time.process_time()
    for thing in things:
        work(thing)
    return (time.process_time() - began) / len(things)


def _by_trying(rows: Iterable[Row]) -> Callable[[tuple[Fact, ...]], Row]:
    """The table as it is written: the first row each of whose cells is any or has the fact's name."""
    text = files(tables).joinpath(f"{TABLE}.csv").read_text("utf-8")
    read = csv.DictReader(text.splitlines())
    names = [name for name in read.fieldnames or () if name in VOCABULARY]
    cells = [[_words(line[name]) for name in names] for line in read]
    written = list(zip(cells, rows, strict=True))

    def first_that_fits(facts: tuple[Fact, ...]) -> Row:
        said = [("yes" if fact else "no") if isinstance(fact, bool) else fact.name for fact in facts]
        return next(row for fits, row in written if all(map(_fits, fits, said)))

    return first_that_fits


def _words(cell: str) -> set[str] | None:
    """None for any."""
    return None if cell == ANY else {one.strip() for one in cell.split("|")}


def _fits(cell: set[str] | None, word: str) -> bool:
    return cell is None or word in cell


async def _county(server: Server, people: int, rules: Rules) -> tuple[list[Case], Control]:
    """Everybody's case, and what was known of providers and cohorts when the last of it was said."""
    settings = await server.make(caseload.STARTS_ON)
    await caseload.say(settings, people)
    async with an_office(settings) as office:
        await office.apply("status")
        async with transaction(office.pools["status"], "status") as connection:
            history = await store.history(connection, rules, frozenset(settings.authorities))
            by_person: dict[str, list[Event]] = defaultdict(list)
            for partition in range(PARTITIONS):
                for entry in await journal.read(connection, Head("evidence", partition), after=0, limit=1_000_000):
                    if entry.young_person_id is not None:
                        by_person[entry.young_person_id].append(parse(entry.document))
    return [fold(Case(), heard) for heard in by_person.values()], history.at(clock.now().replace(year=2030))
