"""Which benchmarks are there, and how is one run? `python -m benchmarks` lists them."""

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import click

from benchmarks import report
from benchmarks.results import Result, in_text
from shared.plumbing.process import COLLECTS


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What it answers, and its numbers by name: as usual, and in short."""

    answers: str
    numbers: Mapping[str, tuple[int, int]]


BENCHMARKS: Final = {
    "passage": Benchmark(
        "Rows a second from sending to settled, and each stage alone.",
        {"rows": (25_000, 300), "repeats": (3, 1), "workers": (1, 1)},
    ),
    "play": Benchmark(
        "Rows a second of a county's whole year.", {"people": (2_000, 120), "repeats": (3, 1), "workers": (1, 1)}
    ),
    "arrival": Benchmark(
        "Seconds from acceptance to queue and figures.",
        {"rows": (25_000, 300), "singles": (200, 5), "repeats": (3, 1), "workers": (1, 1)},
    ),
    "growth": Benchmark(
        "Cost of a row by who is known already and by the size of its file.",
        {"people": (100_000, 600), "rows": (25_000, 300), "file": (1_000, 100), "repeats": (3, 1)},
    ),
    "rebuild": Benchmark("Events a second from the journal's first.", {"people": (100_000, 300), "processes": (2, 2)}),
    "figures": Benchmark(
        "Milliseconds of figures and the queue.", {"people": (100_000, 300), "times": (100, 5), "processes": (2, 2)}
    ),
    "deciding": Benchmark("Microseconds of a decision.", {"people": (2_000, 200), "repeats": (5, 2)}),
    "idle": Benchmark("Processor and memory of a system at rest.", {"seconds": (60, 5)}),
}


class Ordered(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Ordered)
def main() -> None:
    """Waymark's benchmarks: beside ours, in the same run, what an engineer would pick instead."""
    gc.set_threshold(*COLLECTS)


def measured(name: str, *, short: bool, given: Mapping[str, int | None]) -> Result:
    """Runs one; a number that is not given is the usual one, or the short one."""
    usual = {one: pair[short] for one, pair in BENCHMARKS[name].numbers.items()}
    found: Result = import_module(f"benchmarks.{name}").measure(**usual | {k: v for k, v in given.items() if v})
    return found


def _command(name: str) -> click.Command:
    def run(*, short: bool, as_json: bool, keep: bool, **given: Any) -> None:
        found = measured(name, short=short, given=given)
        if keep:
            found.keep()
        click.echo(found.model_dump_json() if as_json else in_text(found))

    options = [
        click.Option([f"--{number}"], type=click.IntRange(1), help=f"Usually {usual}, in short {small}.")
        for number, (usual, small) in BENCHMARKS[name].numbers.items()
    ]
    options += [
        click.Option(["--short"], is_flag=True, help="Small numbers: to see that it runs, not how fast."),
        click.Option(["--json", "as_json"], is_flag=True, help="One JSON document and nothing else."),
        click.Option(["--keep"], is_flag=True, help="Keep the result for `report`."),
    ]
    return click.Command(name, callback=run, params=list(options), help=BENCHMARKS[name].answers)


for one in BENCHMARKS:
    main.add_command(_command(one))


@main.command("all")
@click.option("--short", is_flag=True, help="Small numbers: to see that it runs, not how fast.")
def every(*, short: bool) -> None:
    """Every benchmark, one after another."""
    for name in BENCHMARKS:
        click.echo(f"{name}: {in_text(measured(name, short=short, given={}))}\n")


@main.command("report")
def written() -> None:
    """Write docs/benchmarks from the results that were kept."""
    for place in report.write():
        click.echo(place.name)


if __name__ == "__main__":
    main()
