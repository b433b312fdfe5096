"""Does a row cost the same whoever is known already, and however large its file is?"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final

from benchmarks import caseload, county_files
from benchmarks.databases import Server, a_server
from benchmarks.measuring import Effort, Spread, apart, by_turns
from benchmarks.nightly import Nightly, recompute
from benchmarks.office import READERS, an_office
from benchmarks.rebuild import rebuilt
from benchmarks.results import Aim, Plot, Result, Table, result
from benchmarks.stages import stages
from shared.plumbing.settings import Settings
from waymark.embedded import postgres

STAGES: Final = ("read", "match and append", *READERS)
FLAT: Final = 1.2
A_COUNTY: Final = 20_000
WARMING: Final = 200

Costs = dict[int, list[dict[str, Effort]]]
"""What each stage took, turn by turn, by the number that is varied."""


@dataclass(frozen=True, slots=True)
class Sizes:
    people: tuple[int, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose rows are measured, and whose come before, so that what a process remembers has begun to fill."""

    measured: Sequence[int]
    warming: Sequence[int]


def sizes(people: int, rows: int) -> Sizes:
    """Up to so many people known and rows a file."""
    caseloads = [one for one in (2_000, 25_000, 100_000, 1_200_000) if one < people] + [people]
    files = [one for one in (1_000, 5_000, 25_000) if one < rows] + [rows]
    return Sizes(tuple(caseloads), tuple(files))


def measure(*, people: int, rows: int, file: int, repeats: int) -> Result:
    """`file` is how many rows are sent at each caseload, `rows` the largest file, sent at the caseload that fits it."""
    chosen = sizes(people, rows)
    with a_server() as server:
        known = {}
        for many in sorted({max(one, file * repeats) for one in chosen.people}):
            known[many] = _known(server, many + WARMING * repeats, database=f"c{many}")
        by_caseload = _by_caseload(server, known, file, repeats)
        nights = {many: _night(server, one, many, repeats) for many, one in known.items()}
        by_file = _by_file(server, chosen.rows, repeats)
    asked = {"people": people, "rows": rows, "file": file, "repeats": repeats}
    return _result(asked, by_caseload, by_file, nights)


def _night(server: Server, settings: Settings, people: int, repeats: int) -> Nightly:
    return asyncio.run(recompute(server, settings, people=people, repeats=repeats))


def _known(server: Server, people: int, *, database: str) -> Settings:
    """Applied in two processes a service, as that takes the least time; the college has returned long since."""
    return caseload.make(
        server,
        people,
        database=database,
        apply=lambda one: rebuilt(server, one, 2),
        before_offers=[county_files.early_return()],
    )


def _by_caseload(server: Server, known: Mapping[int, Settings], file: int, repeats: int) -> Costs:
    """At each caseload the same number of rows, each turn of others than before."""

    def turns(many: int) -> Iterator[Turn]:
        for turn in count():
            warming = range(many + WARMING * turn, many + WARMING * (turn + 1))
            yield Turn(county_files.spread_over(many, file, turn=turn), warming)

    waiting = {many: turns(many) for many in known}

    def one(many: int) -> dict[str, Effort]:
        return apart(_one, server.pid, known[many], next(waiting[many]))

    found = by_turns(repeats, {str(many): partial(one, many) for many in known})
    return {many: found[str(many)] for many in known}


def _by_file(server: Server, files: Sequence[int], repeats: int) -> Costs:
    """Over a caseload that has everybody of the largest file, the same again before each."""
    most = max(files)
    _known(server, most + WARMING, database=postgres.DATABASE)
    asyncio.run(server.set_aside())

    def one(many: int) -> dict[str, Effort]:
        turn = Turn(range(many), range(most, most + WARMING))
        return apart(_one, server.pid, asyncio.run(server.again()), turn)

    found = by_turns(repeats, {str(many): partial(one, many) for many in files})
    return {many: found[str(many)] for many in files}


def _one(pid: int, settings: Settings, turn: Turn) -> dict[str, Effort]:
    """What a process that has been at work for a while takes for a file."""

    async def work() -> dict[str, Effort]:
        async with an_office(settings) as office:
            await stages(office, county_files.enrolments(turn.warming), [pid])
            return await stages(office, county_files.enrolments(turn.measured), [pid])

    return asyncio.run(work())


def _processor(costs: Costs, rows: Mapping[int, int]) -> dict[int, dict[str, float]]:
    """Milliseconds of processors a row, the median of the turns, by stage."""
    return {
        many: {
            stage: Spread(tuple(turn[stage].processor for turn in turns)).median / rows[many] * 1000 for stage in STAGES
        }
        for many, turns in costs.items()
    }


def _result(asked: dict[str, int], by_caseload: Costs, by_file: Costs, nights: Mapping[int, Nightly]) -> Result:
    known = _processor(by_caseload, dict.fromkeys(by_caseload, asked["file"]))
    sent = _processor(by_file, {many: many for many in by_file})
    beside = Table(
        title="A nightly recompute in SQL instead",
        columns=("people", "seconds a run", "figures are old on average, hours", "says what Waymark says"),
        rows=tuple(
            (f"{many:,}", str(night.seconds), night.figures_are_old / 3600, _share(night.agrees))
            for many, night in nights.items()
        ),
    )
    tables = (
        _table(f"Processor ms a row of a file of {asked['file']:,}, by people known", "people known", known),
        _table("Processor ms a row, by rows a file", "rows", sent),
        beside,
    )
    plots = (_plot("growth-by-caseload", "people known", known), _plot("growth-by-file", "rows a file", sent))
    return result("growth", __doc__ or "", asked, tables=tables, plots=plots, aims=_aims(known, sent))


def _share(of_all: float | None) -> str:
    return "not asked" if of_all is None else f"{of_all:.1%}"


def _table(title: str, what: str, found: Mapping[int, Mapping[str, float]]) -> Table:
    rows = tuple((f"{many:,}", *stages.values(), sum(stages.values())) for many, stages in found.items())
    return Table(title=title, columns=(what, *STAGES, "all"), rows=rows)


def _plot(name: str, what: str, found: Mapping[int, Mapping[str, float]]) -> Plot:
    return Plot(
        name=name,
        title=f"Cost of a row by {what}",
        unit="processor ms a row",
        labels=tuple(f"{many:,}" for many in found),
        series={stage: tuple(costs[stage] for costs in found.values()) for stage in STAGES},
    )


def _aims(known: Mapping[int, Mapping[str, float]], sent: Mapping[int, Mapping[str, float]]) -> list[Aim]:
    """From the caseload nearest to that of a large county to the largest; from the smallest file to the largest."""
    compared = {
        "people known": {many: costs for many, costs in known.items() if many >= A_COUNTY},
        "rows a file": sent,
    }
    return [_flat(what, found) for what, found in compared.items() if len(found) > 1]


def _flat(what: str, found: Mapping[int, Mapping[str, float]]) -> Aim:
    times = sum(found[max(found)].values()) / sum(found[min(found)].values())
    aim = f"Cost of a row from {min(found):,} to {max(found):,} {what}"
    return Aim(what=aim, unit="times", measured=times, at_most=FLAT)
