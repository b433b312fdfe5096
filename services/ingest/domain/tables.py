"""What do the tables say that the reading of files goes by: columns, headings, words, codes, checks and mappings?"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.domain.vocabulary import Feed, ProviderKind

Severity = Literal["mend", "explain"]
Tier = Literal["file", "value", "record", "cohort"]
Needed = Literal["", "yes", "either", "column"]
SEVERITIES: Mapping[str, Severity] = {"mend": "mend", "explain": "explain"}
TIERS: Mapping[str, Tier] = {"file": "file", "value": "value", "record": "record", "cohort": "cohort"}
NEEDED: Mapping[str, Needed] = {"": "", "yes": "yes", "either": "either", "column": "column"}
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a feed knows; `required` is a cell in every row, `either` one of those, `column` the heading."""

    feed: Feed
    name: str
    field: str
    kind: str
    required: Needed


@dataclass(frozen=True, slots=True)
class Check:
    code: str
    feeds: tuple[str, ...]
    tier: Tier
    severity: Severity
    columns: tuple[str, ...]
    message: str

    def asks(self, feed: Feed) -> bool:
        return EVERY in self.feeds or feed in self.feeds


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """The days on which a code of an official list is valid; null is open."""

    code: str
    from_on: date | None
    to_on: date | None

    def holds(self, day: date) -> bool:
        return (self.from_on or day) <= day <= (self.to_on or day)


@dataclass(frozen=True, slots=True)
class KindRow:
    row: str
    further_education_type: str
    establishment_type: str
    phase: str
    kind: ProviderKind


@dataclass(frozen=True, slots=True)
class MappingRow:
    row: str
    course_type: str
    planned_hours_below: float | None
    provider_kind: str
    activity_code: int


@dataclass(frozen=True, slots=True)
class Tables:
    """All of it, compiled: headings by feed and plain heading, words by list and plain word, groups by activity."""

    columns: Mapping[Feed, tuple[Column, ...]]
    headings: Mapping[Feed, Mapping[str, Column]]
    words: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, tuple[CodeSpan, ...]]]
    groups: Mapping[int, str]
    checks: Mapping[str, Check]
    kinds: tuple[KindRow, ...]
    mapping: tuple[MappingRow, ...]


def plain(heading: str) -> str:
    """A heading or word with case, spaces and punctuation aside."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", heading).casefold()))


def compiled(own: Mapping[str, str], codes: Mapping[str, str]) -> Tables:
    """The tables from their texts as CSV: ingest's own by name, and the official code lists by name."""
    columns = _columns(own["columns"])
    return Tables(
        columns=columns,
        headings=_headings(columns, own["header_aliases"]),
        words=_words(own["words"]),
        codes={name: _code_list(text) for name, text in codes.items()},
        groups={int(record["code"]): record["group"] for record in _records(codes["activity_codes"])},
        checks={check.code: check for check in map(_check, _records(own["checks"]))},
        kinds=tuple(map(_kind, _records(own["establishment_kinds"]))),
        mapping=tuple(map(_mapping, _records(own["activity_mapping"]))),
    )


def _records(text: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(text, newline=""), strict=True)


def _columns(text: str) -> dict[Feed, tuple[Column, ...]]:
    found: dict[Feed, list[Column]] = {feed: [] for feed in Feed}
    for record in _records(text):
        feed = Feed(record["feed"])
        needed = NEEDED[record["required"]]
        found[feed].append(Column(feed, record["column"], record["field"], record["kind"], needed))
    return {feed: tuple(columns) for feed, columns in found.items()}


def _headings(columns: Mapping[Feed, tuple[Column, ...]], aliases: str) -> dict[Feed, dict[str, Column]]:
    headings = {feed: {plain(column.name): column for column in known} for feed, known in columns.items()}
    for record in _records(aliases):
        for feed in Feed if record["feed"] == EVERY else (Feed(record["feed"]),):
            column = headings[feed].get(plain(record["ours"]))
            if column is not None:
                headings[feed].setdefault(plain(record["theirs"]), column)
    return headings


def _words(text: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for record in _records(text):
        words.setdefault(record["list"], {})[plain(record["word"])] = record["value"]
    return words


def _code_list(text: str) -> dict[str, tuple[CodeSpan, ...]]:
    spans: dict[str, tuple[CodeSpan, ...]] = {}
    for record in _records(text):
        span = CodeSpan(record["code"], _day(record["from"]), _day(record["to"]))
        spans[span.code] = (*spans.get(span.code, ()), span)
    return spans


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _check(record: Mapping[str, str]) -> Check:
    columns = tuple(filter(None, record["columns"].split(";")))
    tier, severity = TIERS[record["tier"]], SEVERITIES[record["severity"]]
    return Check(record["code"], tuple(record["feed"].split(";")), tier, severity, columns, record["message"])


def _kind(record: Mapping[str, str]) -> KindRow:
    looks = record["further_education_type"], record["establishment_type"], record["phase"]
    further, establishment, phase = (look if look == EVERY else plain(look) for look in looks)
    return KindRow(record["row"], further, establishment, phase, ProviderKind(record["kind"]))


def _mapping(record: Mapping[str, str]) -> MappingRow:
    below = None if record["planned_hours_below"] == EVERY else float(record["planned_hours_below"])
    return MappingRow(
        record["row"], record["course_type"], below, record["provider_kind"], int(record["activity_code"])
    )
