"""Which records does a CSV text hold, numbered as a spreadsheet numbers its rows?

A record is one row, however many lines its quoted cells run over; a line with nothing on it is a row too.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

DELIMITERS = (",", ";", "\t")
_END = "\x1e"
_LONGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Broken:
    """The text cannot be read as CSV; the row is that of the quotation mark that is never closed, where it is one."""

    row: int | None


def first_records(text: str, delimiter: str, *, many: int) -> list[list[str]]:
    """The first rows, blank ones included, for as long as they can be read."""
    found: list[list[str]] = []
    try:
        found.extend(islice(_reader([text], delimiter), many))
    except csv.Error:
        return found
    return found


def all_records(text: str, delimiter: str) -> list[list[str]] | Broken:
    """Every row; a quotation mark that is never closed would swallow the rest unseen, so it is looked for."""
    try:
        found = list(_reader([text, f"\n{_END}\n"], delimiter))
    except csv.Error:
        return Broken(None)
    if found[-1] != [_END]:
        return Broken(len(found))
    return found[:-1]


def _reader(texts: Iterable[str], delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(_LONGEST)  # a cell that is too long is its row's problem, not the file's
    lines = chain.from_iterable(io.StringIO(text, newline="") for text in texts)
    return csv.reader(lines, delimiter=delimiter)
