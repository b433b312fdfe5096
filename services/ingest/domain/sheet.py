"""Can a file be read as a sheet of one feed, and which rows and columns does it have?"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.ingest.domain.content import text_of
from services.ingest.domain.headings import HeadingRow, Placed, heading_row, placed
from services.ingest.domain.problems import Refusal, refusal
from services.ingest.domain.records import DELIMITERS, Broken, all_records, first_records
from services.ingest.domain.tables import Column, Tables
from shared.domain.vocabulary import Feed

SEARCHED = 30
"""Headings stand within the first rows: titles, dates and remarks above them are passed over."""
_HEAD = 262_144


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one feed: numbers as a spreadsheet has them, cells as they came, and the columns by place."""

    feed: Feed
    headings: tuple[str, ...]
    columns: tuple[tuple[int, str, Column], ...]
    records: tuple[tuple[int, list[str]], ...]
    notes: tuple[str, ...]


def read(content: bytes, feed: Feed, tables: Tables, *, learned: Mapping[str, str] | None = None) -> Sheet | Refusal:
    """`learned` are headings of this provider's own that a person has named, theirs to ours."""
    text, code = text_of(content)
    if text is None:
        return refusal(tables.checks, code or "unreadable")
    looked = _layout(text, feed, tables)
    if looked is None:
        return refusal(tables.checks, "no-headings", expected=_expected(feed, tables))
    delimiter, row = looked
    where = placed(row, feed, tables, learned or {})
    if isinstance(where, Refusal):
        return where
    return _sheet(all_records(text, delimiter), row, where, feed, tables)


def _layout(text: str, feed: Feed, tables: Tables) -> tuple[str, HeadingRow] | None:
    head = text[:_HEAD]
    found = ((mark, heading_row(first_records(head, mark, many=SEARCHED), feed, tables)) for mark in DELIMITERS)
    rows = [(mark, row) for mark, row in found if row is not None]
    return max(rows, key=lambda at: (max(map(len, at[1].known.values())), at[1].fits(feed)), default=None)


def _expected(feed: Feed, tables: Tables) -> str:
    return ", ".join(column.name for column in tables.columns[feed] if column.required)


def _sheet(
    records: list[list[str]] | Broken, row: HeadingRow, where: Placed, feed: Feed, tables: Tables
) -> Sheet | Refusal:
    if isinstance(records, Broken):
        return refusal(tables.checks, "open-quote" if records.row else "unreadable", row=records.row)
    under = enumerate(records[row.position + 1 :], start=row.position + 2)
    filled = tuple((number, cells) for number, cells in under if any(map(str.strip, cells)))
    if not filled:
        return refusal(tables.checks, "no-rows")
    return Sheet(feed, row.cells, where.columns, filled, _notes(where))


def _notes(where: Placed) -> tuple[str, ...]:
    if not where.extra:
        return ()
    return (f"Columns that are not asked for and were not read: {', '.join(where.extra)}.",)
