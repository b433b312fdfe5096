"""How many rows a second pass in a county's year that is played through the front door, from the first to settled?"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.measuring import Spread, effort
from benchmarks.office import READERS
from benchmarks.results import Result, Table, result
from benchmarks.systems import a_system
from waymark.county.generate import generate_county
from waymark.county.writer import write_county
from waymark.plan import Plan, read_plan
from waymark.play import play

SEED, STARTS_ON, ENDS_ON = 2026, "2026-05-01", date(2027, 1, 31)
SETTLES_WITHIN: Final = 1800.0


def measure(*, people: int, repeats: int, workers: int) -> Result:
    with _a_folder() as folder:
        write_county(generate_county(seed=SEED, young_people=people), folder)
        plan = read_plan(folder)
        turns = [_turn(plan, workers) for _ in range(repeats)]
    rows = turns[0][0]
    table = Table(
        title=f"The year of a county of {people:,} young people: {rows:,} rows in {len(plan.steps):,} steps",
        columns=("", "median (least–most)"),
        rows=(
            ("rows a second", str(Spread(tuple(rows / seconds for _, seconds, _ in turns)))),
            ("seconds", str(Spread(tuple(seconds for _, seconds, _ in turns)))),
            ("reads from the journal", str(Spread(tuple(reads for _, _, reads in turns)))),
        ),
        note="Days that pass are in it, and every file waits for its verdict before the next is sent.",
    )
    return result("play", __doc__ or "", {"people": people, "repeats": repeats, "workers": workers}, tables=(table,))


def _turn(plan: Plan, workers: int) -> tuple[int, float, float]:
    """Rows, seconds and how often a reader had to read the journal."""
    with _a_folder() as folder, a_system(folder, clock=STARTS_ON, workers=workers) as system:
        with effort() as spent:
            played = play(plan, system.client, to=ENDS_ON, progress=lambda _: None)
            system.client.settle(SETTLES_WITHIN)
        reads = sum(system.reading(reader, "waymark_journal_reads_total") for reader in READERS)
    return played.rows["rows"], spent.seconds, reads


@contextmanager
def _a_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="waymark-benchmark-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
