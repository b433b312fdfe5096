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


@dataclass(slots=True)
class Draft:
    """A row on its way: what it says, and what is wrong with it so far."""

    number: int
    cells: Cells
    problems: list[Problem]

    @property
    def rejected(self) -> bool:
        return any(problem.severity == "mend" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the sheet in its place: its heading, its reader, and the words that it takes."""

    at: int
    heading: str
    field: str
    read: Reader
    required: bool
    expected: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of a sheet before its first row: `blank` is what the cells of a row say that is empty."""

    headings: tuple[str, ...]
    places: tuple[Place, ...]
    blank: Cells
    questions: tuple[tuple[Question, Check, str | None], ...]
    known: Known


def drafts(sheet: Sheet, known: Known) -> Iterator[Draft]:
    reading = Reading(
        sheet.headings,
        tuple(_place(at, heading, column, known) for at, heading, column in sheet.columns),
        {column.field: _blank(column, known) for column in known.tables.columns[sheet.feed]},
        tuple(_questions(sheet, known)),
        known,
    )
    return (_draft(number, sent, reading) for number, sent in sheet.records)


def _place(at: int, heading: str, column: Column, known: Known) -> Place:
    read, words = reader(column.kind, known.tables, known.today), expected(column.kind, known.tables)
    return Place(at, heading, column.field, read, column.required == "yes", words)


def _blank(column: Column, known: Known) -> object:
    return reader(column.kind, known.tables, known.today)("")[0]


def _questions(sheet: Sheet, known: Known) -> Iterator[tuple[Question, Check, str | None]]:
    headings = {column.name: heading for _, heading, column in sheet.columns}
    for code, question in RECORD.items():
        check = known.tables.checks[code]
        if check.asks(sheet.feed):
            yield question, check, next((headings[name] for name in check.columns if name in headings), None)


def _draft(number: int, sent: list[str], reading: Reading) -> Draft:
    width, checks = len(reading.headings), reading.known.tables.checks
    row = sent if len(sent) >= width else [*sent, *[""] * (width - len(sent))]
    problems = list(_whole_row(number, row, reading))
    cells, told = reading.blank.copy(), {one.column for one in problems}
    for place in reading.places:
        value, fault = place.read(row[place.at])
        cells[place.field] = value
        if fault is None and value is None and place.required:
            fault = "required"
        if fault is not None and place.heading not in told:
            problems.append(problem(checks[fault], number, place.heading, expected=place.expected))
    to_mend = {one.column for one in problems if one.severity == "mend" and one.column}
    problems += _record_faults(number, cells, reading, to_mend)
    return Draft(number, cells, problems)


def _record_faults(number: int, cells: Cells, reading: Reading, to_mend: set[str]) -> Iterator[Problem]:
    """A cell that cannot be read says nothing to a question about the row, which would call it empty."""
    for ask, check, heading in reading.questions:
        if heading not in to_mend and ask(cells, reading.known):
            yield problem(check, number, heading)


def _whole_row(number: int, row: list[str], reading: Reading) -> Iterator[Problem]:
    checks = reading.known.tables.checks
    if not _harmless(row):
        yield from _cell_faults(number, row, reading.headings, checks)
    if len(row) > len(reading.headings) and any(map(str.strip, row[len(reading.headings) :])):
        yield problem(checks["too-many-cells"], number, None)


def _harmless(row: list[str]) -> bool:
    """Most rows are; one look at the whole row is quicker than one at each cell."""
    joined = "".join(row)
    return len(joined) <= LONGEST_CELL and "=" not in joined


def _cell_faults(
    number: int, row: list[str], headings: tuple[str, ...], checks: Mapping[str, Check]
) -> Iterator[Problem]:
    for at, cell in enumerate(row):
        heading = headings[at] if at < len(headings) else ""
        if len(cell) > LONGEST_CELL:
            yield problem(checks["too-long"], number, heading or None)
        if cell.lstrip().startswith("="):
            yield problem(checks["formula"], number, heading or None)
