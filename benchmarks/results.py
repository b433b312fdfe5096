"""What comes of a benchmark, how is it shown, and where is it kept?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from benchmarks.machine import Machine, this_machine
from benchmarks.measuring import short

FOLDER: Final = Path(__file__).parent / "results"

Cell = str | float


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class Table(Shape):
    """`note` says what the columns do not."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


class Plot(Shape):
    """Bars, one group a label and one bar a series."""

    name: str
    title: str
    unit: str
    labels: tuple[str, ...]
    series: dict[str, tuple[float, ...]]


class Aim(Shape):
    """What the issue asks for, and what was measured."""

    what: str
    unit: str
    measured: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.at_most is None or self.measured <= self.at_most) and (
            self.at_least is None or self.measured >= self.at_least
        )

    def __str__(self) -> str:
        bound = (
            f"at most {short(self.at_most)}" if self.at_most is not None else f"at least {short(self.at_least or 0)}"
        )
        verdict = "met" if self.is_met else "MISSED"
        return f"{self.what}: {short(self.measured)} {self.unit}, asked for {bound} {self.unit}: {verdict}"


class Result(Shape):
    benchmark: str
    question: str
    asked: dict[str, int]
    machine: Machine
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    aims: tuple[Aim, ...] = ()

    def keep(self) -> Path:
        FOLDER.mkdir(exist_ok=True)
        place = FOLDER / f"{self.benchmark}.json"
        place.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")
        return place


def result(
    benchmark: str,
    question: str,
    asked: dict[str, int],
    *,
    tables: Sequence[Table] = (),
    plots: Sequence[Plot] = (),
    aims: Sequence[Aim] = (),
) -> Result:
    """What was measured, with the facts of the machine on which it was."""
    return Result(
        benchmark=benchmark,
        question=question,
        asked=asked,
        machine=this_machine(),
        tables=tuple(tables),
        plots=tuple(plots),
        aims=tuple(aims),
    )


def kept() -> list[Result]:
    """Every result that was kept, by name."""
    return [Result.model_validate_json(place.read_text(encoding="utf-8")) for place in sorted(FOLDER.glob("*.json"))]


def in_text(found: Result) -> str:
    parts = [found.question, *(_table_in_text(table) for table in found.tables)]
    return "\n\n".join([*parts, "\n".join(str(aim) for aim in found.aims)]).rstrip()


def shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else short(cell)


def _table_in_text(table: Table) -> str:
    rows = [table.columns, *(tuple(shown(cell) for cell in row) for row in table.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.columns))]
    lines = [
        "  ".join(_set(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    return "\n".join([table.title, *lines, *([table.note] if table.note else [])])


def _set(cell: str, width: int, at: int) -> str:
    """Names to the left, numbers to the right."""
    return cell.rjust(width) if at else cell.ljust(width)
