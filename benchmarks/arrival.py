"""How many seconds from a file's acceptance to its people's being out of the queue and in the figures, and of a row?"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks import caseload, county_files
from benchmarks.databases import Server, a_server
from benchmarks.measuring import Spread
from benchmarks.results import Aim, Plot, Result, Table, result
from benchmarks.sending import Passed, send, warm_up
from benchmarks.systems import System, a_system

WARMING: Final = 60
METRICS: Final = {
    "queue": ("outreach", "waymark_acceptance_to_queue_seconds"),
    "figures": ("reporting", "waymark_acceptance_to_figures_seconds"),
}
"""Which service tells of what by which histogram."""
P95_OF_A_FILE, P99_OF_A_ROW, NEVER_OVER, NEAR = 5.0, 0.25, 1.0, 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """What the metrics say of a time: the sum of seconds and how many they were, by `queue` and `figures`."""

    sums: dict[str, float]
    counts: dict[str, float]

    def means_since(self, before: "Told") -> dict[str, float | None]:
        counted = {name: count - before.counts[name] for name, count in self.counts.items()}
        return {name: (self.sums[name] - before.sums[name]) / many if many else None for name, many in counted.items()}


@dataclass(frozen=True, slots=True)
class Turn:
    """One file or one series of single rows: by the outside clock, and by the metrics."""

    passed: Sequence[Passed]
    told: dict[str, float | None]

    def seconds(self, name: str) -> list[float]:
        return [one for passed in self.passed for one in (passed.queue if name == "queue" else passed.figures)]

    def agreement(self, name: str) -> float | None:
        """What the metric says, of what the outside clock says."""
        told = self.told[name]
        return None if told is None else told / Spread(tuple(self.seconds(name))).mean


def measure(*, rows: int, singles: int, repeats: int, workers: int) -> Result:
    files, alone = [], []
    with a_server() as server:
        caseload.make(server, rows + singles + WARMING)
        asyncio.run(server.set_aside())
        for _ in range(repeats):
            asyncio.run(server.again())
            with a_system(server.folder, server=server, workers=workers) as system:
                warm_up(server, system, range(rows + singles, rows + singles + WARMING))
                alone.append(_turn(server, system, [[rows + one] for one in range(singles)]))
                files.append(_turn(server, system, [range(rows)]))
    return _result({"rows": rows, "singles": singles, "repeats": repeats, "workers": workers}, files, alone)


def _turn(server: Server, system: System, sendings: Sequence[Sequence[int]]) -> Turn:
    """One file after another, each when everything before it has passed through."""
    before = _told(system)
    passed = [asyncio.run(send(server, system, county_files.enrolments(everyone))) for everyone in sendings]
    return Turn(passed, _told(system).means_since(before))


def _told(system: System) -> Told:
    return Told(
        {name: system.reading(service, f"{metric}_sum") for name, (service, metric) in METRICS.items()},
        {name: system.reading(service, f"{metric}_count") for name, (service, metric) in METRICS.items()},
    )


def _result(asked: dict[str, int], files: Sequence[Turn], alone: Sequence[Turn]) -> Result:
    both = {f"a file of {asked['rows']:,} rows": files, "single rows on an idle system": alone}
    rows = [(what, name, turns) for what, turns in both.items() for name in METRICS]
    seconds = Table(
        title="Seconds from acceptance, by the outside clock, over people",
        columns=("what", "until", "p50", "p95", "p99", "most"),
        rows=tuple((what, name, *_percentiles(turns, name)) for what, name, turns in rows),
        note=f"Acceptance itself: {_accepting(files)} s a file, {_accepting(alone)} s a row.",
    )
    agree = Table(
        title="What the metrics say, of what the outside clock says (means)",
        columns=("what", "until", "ratio"),
        rows=tuple((what, name, _agreements(turns, name)) for what, name, turns in rows),
    )
    worst = {name: _percentiles(files, name) for name in METRICS}
    plot = Plot(
        name="arrival",
        title=f"A file of {asked['rows']:,} rows: from acceptance",
        unit="seconds",
        labels=("p50", "p95", "p99"),
        series={name: found[:3] for name, found in worst.items()},
    )
    return result("arrival", __doc__ or "", asked, tables=(seconds, agree), plots=(plot,), aims=_aims(files, alone))


def _aims(files: Sequence[Turn], alone: Sequence[Turn]) -> list[Aim]:
    aims = []
    for name in METRICS:
        _, p95, _, _ = _percentiles(files, name)
        _, _, p99, most = _percentiles(alone, name)
        aims.append(Aim(what=f"A file to {name}, p95", unit="s", measured=p95, at_most=P95_OF_A_FILE))
        aims.append(Aim(what=f"A single row to {name}, p99", unit="s", measured=p99, at_most=P99_OF_A_ROW))
        aims.append(Aim(what=f"A single row to {name}, the longest", unit="s", measured=most, at_most=NEVER_OVER))
        for turn in files:
            if (found := turn.agreement(name)) is not None:
                what = f"The metric's mean to {name}, off the outside clock's by"
                aims.append(Aim(what=what, unit="of it", measured=abs(found - 1), at_most=NEAR))
    return aims


def _percentiles(turns: Sequence[Turn], name: str) -> tuple[float, float, float, float]:
    """Of each turn, and then the median over the turns, but for the most."""
    found = [Spread(tuple(turn.seconds(name))) for turn in turns]
    p50, p95, p99 = (Spread(tuple(one.percentile(at) for one in found)).median for at in (50, 95, 99))
    return p50, p95, p99, max(max(one.values) for one in found)


def _accepting(turns: Sequence[Turn]) -> str:
    return str(Spread(tuple(Spread(tuple(one.to_accepted for one in turn.passed)).median for turn in turns)))


def _agreements(turns: Sequence[Turn], name: str) -> str:
    found = [one for turn in turns if (one := turn.agreement(name)) is not None]
    return str(Spread(tuple(found))) if found else "no metric"
