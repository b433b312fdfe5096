"""What do the results that were kept say, as pages for docs/?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.plots import drawn
from benchmarks.results import Result, Table, kept, shown

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks"
OPENING: Final = """# Benchmarks

Made by `python -m benchmarks report` from the results in `benchmarks/results`, each kept by a run with `--keep`.
How they are measured, and why so, is in [decision 0020](../decisions/0020-measured-by-turns.md). A number stands for
the machine that its page names; what carries over are the ratios within one run.
"""


def write() -> list[Path]:
    """A page and its pictures for every result, and one that leads to them all with every aim, met or missed."""
    FOLDER.mkdir(exist_ok=True)
    found = kept()
    written = [_put("README.md", "\n".join([OPENING, *(_line(one) for one in found), ""]))]
    for one in found:
        written += [_put(f"{plot.name}.svg", drawn(plot)) for plot in one.plots]
        written.append(_put(f"{one.benchmark}.md", "\n\n".join(_page(one)) + "\n"))
    return written


def _put(name: str, text: str) -> Path:
    place = FOLDER / name
    place.write_text(text, encoding="utf-8")
    return place


def _line(found: Result) -> str:
    aims = "".join(f"\n  * {aim}" for aim in found.aims)
    return f"* [{found.benchmark}]({found.benchmark}.md): {found.question}{aims}"


def _page(found: Result) -> Iterator[str]:
    yield f"# {found.benchmark.capitalize()}"
    yield found.question
    asked = " ".join(f"--{name} {number}" for name, number in found.asked.items())
    yield f"`python -m benchmarks {found.benchmark} {asked} --keep`\\\n{found.machine}."
    for table in found.tables:
        yield f"## {table.title}"
        yield "\n".join(_table(table))
        if table.note:
            yield table.note
    for plot in found.plots:
        yield f"![{plot.title}]({plot.name}.svg)"
    if found.aims:
        yield "## What was asked for\n\n" + "\n".join(f"* {aim}" for aim in found.aims)


def _table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(table.columns) + " |"
    yield "|---|" + "---:|" * (len(table.columns) - 1)
    for row in table.rows:
        yield "| " + " | ".join(shown(cell) for cell in row) + " |"
