"""What is wrong with a file, a row or a cell, in words for whoever sent it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from services.ingest.domain.tables import Check, Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """Row as a spreadsheet numbers it and column as the file heads it; null for the whole file or row."""

    row: int | None
    column: str | None
    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The whole file cannot be used; nothing of it is taken."""

    code: str
    message: str
    row: int | None = None
    column: str | None = None

    def as_problem(self) -> Problem:
        return Problem(self.row, self.column, self.code, "mend", self.message)


def refusal(
    checks: Mapping[str, Check], code: str, *, row: int | None = None, column: str | None = None, **words: str
) -> Refusal:
    return Refusal(code, checks[code].message.format(column=column or "", **words), row, column)


def problem(check: Check, row: int, column: str | None, *, expected: str = "") -> Problem:
    """`column` is the heading in the file; it never carries what a cell holds."""
    return Problem(row, column, check.code, check.severity, _said(check.message, column or "", expected))


@lru_cache(maxsize=1_000)
def _said(message: str, column: str, expected: str) -> str:
    return message.format(column=column, expected=expected)
