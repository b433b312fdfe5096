"""What does each row of a sheet say, cell by cell, and which of its cells and dates are wrong?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.ingest.domain.cells import Reader
from services.ingest.domain.problems import Problem, problem
from services.ingest.domain.readers import expected, reader
from services.ingest.domain.record_checks import RECORD, Cells, Known, Question
from services.ingest.domain.sheet import Sheet
from services.ingest.domain.tables import Check, Column

LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the sheet in its place: its heading, its reader, and the words that it takes."""

    at: int
    heading: str
    column: Column
    read: Reader
    expected: str


@dataclass(slots=True)
class Draft:
    """A row on its way: what it says, and what is wrong with it so far."""

    number: int
    cells: Cells
    problems: list[Problem]

    @property
    def rejected(self) -> bool:
        return any(problem.severity == "mend" for problem in self.problems)


def drafts(sheet: Sheet, known: Known) -> Iterator[Draft]:
    places = [_place(at, heading, column, known) for at, heading, column in sheet.columns]
    steps = [(place.at, place.column.field, place.read, place.column.required == "yes", place) for place in places]
    absent = {column.field: _blank(column, known) for column in known.tables.columns[sheet.feed]}
    asked = _questions(sheet, known)
    width = len(sheet.headings)
    checks = known.tables.checks
    for number, sent in sheet.records:
        row = sent if len(sent) >= width else [*sent, *[""] * (width - len(sent))]
        cells, problems = dict(absent), _whole_row(number, row, sheet, checks)
        for at, field, read, required, place in steps:
            value, fault = read(row[at])
            cells[field] = value
            if fault is not None:
                problems.append(problem(checks[fault], number, place.heading, expected=place.expected))
            elif required and value is None:
                problems.append(problem(checks["required"], number, place.heading))
        for ask, check, heading in asked:
            if ask(cells, known):
                problems.append(problem(check, number, heading))
        yield Draft(number, cells, problems)


def _place(at: int, heading: str, column: Column, known: Known) -> Place:
    kind = column.kind
    return Place(at, heading, column, reader(kind, known.tables, known.today), expected(kind, known.tables))


def _blank(column: Column, known: Known) -> object:
    return reader(column.kind, known.tables, known.today)("")[0]


def _questions(sheet: Sheet, known: Known) -> list[tuple[Question, Check, str | None]]:
    headings = {column.name: heading for _, heading, column in sheet.columns}
    checks = [known.tables.checks[code] for code in RECORD]
    return [(RECORD[check.code], check, _heading(check, headings)) for check in checks if check.asks(sheet.feed)]


def _heading(check: Check, headings: Mapping[str, str]) -> str | None:
    return next((headings[name] for name in check.columns if name in headings), None)


def _whole_row(number: int, row: list[str], sheet: Sheet, checks: Mapping[str, Check]) -> list[Problem]:
    found = [] if _harmless(row) else list(_cell_faults(number, row, sheet, checks))
    if len(row) > len(sheet.headings) and any(cell.strip() for cell in row[len(sheet.headings) :]):
        found.append(problem(checks["too-many-cells"], number, None))
    return found


def _harmless(row: list[str]) -> bool:
    """Most rows are; one look at the whole row is quicker than one at each cell."""
    joined = "".join(row)
    return len(joined) <= LONGEST_CELL and "=" not in joined


def _cell_faults(number: int, row: list[str], sheet: Sheet, checks: Mapping[str, Check]) -> Iterator[Problem]:
    for at, cell in enumerate(row):
        if len(cell) > LONGEST_CELL:
            yield problem(checks["too-long"], number, _heading_at(sheet, at))
        if cell.lstrip().startswith("="):
            yield problem(checks["formula"], number, _heading_at(sheet, at))


def _heading_at(sheet: Sheet, at: int) -> str | None:
    return (sheet.headings[at] or None) if at < len(sheet.headings) else None
