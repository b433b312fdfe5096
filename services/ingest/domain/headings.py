"""Which row holds the headings, which feed are they of, and which column stands where?"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.ingest.domain.problems import Refusal, refusal
from services.ingest.domain.tables import Column, Tables, plain
from shared.domain.vocabulary import Feed

FEWEST = 2
"""One heading alone may be a word in a title; no feed is so narrow."""
_IDENTITIES = (("upn",), ("uln",), ("young_person_id",), ("surname", "forename", "dob"))
_WITHOUT_PERSON = (Feed.ESTABLISHMENTS, Feed.POSTCODES, Feed.EXPECTATIONS)


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The row of headings: where it is among the records, and what its cells are for each feed."""

    position: int
    cells: tuple[str, ...]
    known: Mapping[Feed, frozenset[str]]

    def fits(self, feed: Feed) -> int:
        return len(self.known[feed])


@dataclass(frozen=True, slots=True)
class Placed:
    """Where each known column stands, its heading in the file, and the headings that nobody asked for."""

    columns: tuple[tuple[int, str, Column], ...]
    extra: tuple[str, ...]


def heading_row(records: Sequence[Sequence[str]], feed: Feed, tables: Tables) -> HeadingRow | None:
    """The row that most headings of one feed stand in; of equals the asked feed's, then the first."""
    rows = [_row(position, cells, tables) for position, cells in enumerate(records)]
    found = max(rows, key=lambda row: (max(map(len, row.known.values())), row.fits(feed)), default=None)
    return found if found and max(map(len, found.known.values())) >= FEWEST else None


def _row(position: int, cells: Sequence[str], tables: Tables) -> HeadingRow:
    words = [plain(cell) for cell in cells if len(cell) < 100]
    known = {
        feed: frozenset(headings[word].name for word in words if word in headings)
        for feed, headings in tables.headings.items()
    }
    return HeadingRow(position, tuple(cell.strip() for cell in cells), known)


def placed(row: HeadingRow, feed: Feed, tables: Tables, learned: Mapping[str, str]) -> Placed | Refusal:
    """The columns in their places, or why the file cannot be used."""
    headings = _with_learned(tables.headings[feed], learned)
    known = [(at, cell, headings[plain(cell)]) for at, cell in enumerate(row.cells) if plain(cell) in headings]
    names = frozenset(column.name for _, _, column in known)
    other = _other_feed(row, names, feed, tables)
    if other is not None:
        return refusal(tables.checks, "wrong-feed", feed=feed, other=other)
    problem = _missing(row, names, feed, tables) or _twice(known, tables)
    if problem is not None:
        return problem
    extra = tuple(cell for cell in row.cells if cell and plain(cell) not in headings)
    return Placed(tuple(known), extra)


def _with_learned(headings: Mapping[str, Column], learned: Mapping[str, str]) -> dict[str, Column]:
    known = {plain(theirs): headings[plain(ours)] for theirs, ours in learned.items() if plain(ours) in headings}
    return {**headings, **known}


def _other_feed(row: HeadingRow, names: frozenset[str], feed: Feed, tables: Tables) -> Feed | None:
    complete = _lacking(names, tables.columns[feed]) is None
    others = [
        other
        for other in Feed
        if other != feed
        and _lacking(row.known[other], tables.columns[other]) is None
        and row.known[other] - names
        and not (complete and names - row.known[other])
    ]
    return max(others, key=row.fits, default=None)


def _lacking(names: frozenset[str], columns: Iterable[Column]) -> Column | None:
    columns = tuple(columns)
    either = [column for column in columns if column.required == "either"]
    if either and not any(column.name in names for column in either):
        return either[0]
    return next((c for c in columns if c.required in ("yes", "column") and c.name not in names), None)


def _missing(row: HeadingRow, names: frozenset[str], feed: Feed, tables: Tables) -> Refusal | None:
    lacking = _lacking(names, tables.columns[feed])
    if lacking is not None:
        nearest = _nearest(lacking.name, row.cells, tables.headings[feed])
        return refusal(tables.checks, "missing-column", column=lacking.name, nearest=nearest)
    fields = {column.field for column in tables.columns[feed] if column.name in names}
    if feed in _WITHOUT_PERSON or any(fields.issuperset(identity) for identity in _IDENTITIES):
        return None
    return refusal(tables.checks, "missing-identity")


def _nearest(name: str, cells: Sequence[str], headings: Mapping[str, Column]) -> str:
    unknown = {plain(cell): cell for cell in cells if cell and plain(cell) not in headings}
    close = difflib.get_close_matches(plain(name), unknown, n=1, cutoff=0.5)
    return f' The nearest heading in the file is "{unknown[close[0]]}".' if close else ""


def _twice(known: Iterable[tuple[int, str, Column]], tables: Tables) -> Refusal | None:
    seen: dict[str, str] = {}
    for _, cell, column in known:
        if column.name in seen:
            return refusal(tables.checks, "heading-twice", column=column.name, first=seen[column.name], second=cell)
        seen[column.name] = cell
    return None
