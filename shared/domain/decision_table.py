"""Which row of a table fits these facts? Tables are CSV, compiled on loading to one look-up and checked to be total."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from math import prod

ANY = "*"
MOST_CASES = 100_000
Fact = bool | Enum


class TableRefused(ValueError):
    """A table that is not total, has a dead row or names an unknown fact; it says the row as the file numbers it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its code for ever, the result that it gives, and why in plain words."""

    code: str
    result: str
    because: str


@dataclass(frozen=True, slots=True, eq=False)
class DecisionTable:
    name: str
    version: str
    facts: tuple[str, ...]
    rows: tuple[Row, ...]
    fits: Mapping[tuple[Fact, ...], Row]

    def decide(self, facts: tuple[Fact, ...]) -> Row:
        """The first row that fits; facts in the order of `self.facts`."""
        return self.fits[facts]


def load(name: str, version: str, lines: Iterable[str], vocabulary: Mapping[str, type[Fact]]) -> DecisionTable:
    """Compile a CSV of columns `row`, facts, `result`, `because`; `vocabulary` gives the type of each known fact.

    Raises TableRefused with the row's number for an unknown fact or value, a dead row, or a table that is not total.
    """
    reader = csv.DictReader(lines)
    columns = tuple(reader.fieldnames or ())
    facts = tuple(column for column in columns if column not in ("row", "result", "because"))
    if unknown := [fact for fact in facts if fact not in vocabulary]:
        raise TableRefused(f"{name}: row 1 names facts that the code does not know: {', '.join(unknown)}")
    written = list(reader)
    domains = [_domain(vocabulary[fact]) for fact in facts]
    if prod(len(domain) for domain in domains) > MOST_CASES:
        raise TableRefused(f"{name}: more than {MOST_CASES} cases; split the table")
    patterns = [_pattern(name, number, row, facts, domains) for number, row in enumerate(written, 2)]
    rows = tuple(Row(row["row"].strip(), row["result"].strip(), row["because"].strip()) for row in written)
    return DecisionTable(name, version, facts, rows, _compile(name, patterns, rows, domains))


def _domain(kind: type[Fact]) -> Mapping[str, Fact]:
    if kind is bool:
        return {"yes": True, "no": False}
    return {member.name: member for member in kind}


def _pattern(
    name: str, number: int, row: Mapping[str, str], facts: Sequence[str], domains: Sequence[Mapping[str, Fact]]
) -> list[frozenset[Fact]]:
    cells = []
    for fact, domain in zip(facts, domains, strict=True):
        words = [word.strip() for word in (row[fact] or "").split("|")]
        if words == [ANY]:
            cells.append(frozenset(domain.values()))
            continue
        if wrong := [word for word in words if word not in domain]:
            raise TableRefused(f"{name}: row {number}: {fact} cannot be {wrong[0]!r}")
        cells.append(frozenset(domain[word] for word in words))
    return cells


def _compile(
    name: str, patterns: Sequence[Sequence[frozenset[Fact]]], rows: Sequence[Row], domains: Sequence[Mapping[str, Fact]]
) -> Mapping[tuple[Fact, ...], Row]:
    if not patterns or any(
        cell != frozenset(domain.values()) for cell, domain in zip(patterns[-1], domains, strict=True)
    ):
        raise TableRefused(f"{name}: row {len(patterns) + 1}: the last row must be all {ANY}")
    fits: dict[tuple[Fact, ...], Row] = {}
    for number, (pattern, row) in enumerate(zip(patterns, rows, strict=True), 2):
        new = [case for case in product(*pattern) if case not in fits]
        if not new:
            raise TableRefused(f"{name}: row {number}: {row.code} can never fit, rows above it take all its cases")
        fits.update(dict.fromkeys(new, row))
    return fits
