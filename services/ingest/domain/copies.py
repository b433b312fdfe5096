"""Which rows of a file say a thing again, and which contradict each other?"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta

from services.ingest.domain.drafts import Draft
from services.ingest.domain.natural_keys import Key, ProviderOf, statements
from services.ingest.domain.record_checks import Cells
from services.ingest.domain.rows import PersonRow
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import Feed

Stated = tuple[date, tuple[object, ...], Draft]


def without_copies(drafts: Iterable[Draft]) -> tuple[list[Draft], list[Draft]]:
    """The first row of each saying, and the rows that say just the same as one before them."""
    first: dict[Hashable, Draft] = {}
    copies: list[Draft] = []
    for draft in drafts:
        if first.setdefault(tuple(draft.cells.values()), draft) is not draft:
            copies.append(draft)
    return list(first.values()), copies


def contradicting(
    drafts: Iterable[Draft], feed: Feed, tables: Tables, *, provider_of: ProviderOf, tolerance: int
) -> list[Draft]:
    """The rows that say different things under one natural key; `tolerance` is in days, between starts of a spell."""
    keyed: dict[Key, list[Stated]] = {}
    for draft in drafts:
        for key, start, said in statements(feed, draft.cells, tables, provider_of):
            keyed.setdefault(key, []).append((start or date.min, said, draft))
    return [
        draft
        for stated in keyed.values()
        if len(stated) > 1
        for spell in _spells(stated, tolerance)
        if len({said for _, said, _ in spell}) > 1
        for _, _, draft in spell
    ]


def contradicting_of_people(
    rows: Iterable[tuple[str, PersonRow]], feed: Feed, tables: Tables, *, provider_of: ProviderOf, tolerance: int
) -> list[int]:
    """The same of rows that were matched since: which numbers say different things of one person under one key."""
    drafts = (Draft(row.number, _cells(row, person), []) for person, row in rows)
    found = contradicting(drafts, feed, tables, provider_of=provider_of, tolerance=tolerance)
    return sorted({draft.number for draft in found})


def _cells(row: PersonRow, person: str) -> Cells:
    said: Cells = {field.name: getattr(row, field.name) for field in fields(row)}
    return said | {"upn": (person, True)}


def _spells(stated: Sequence[Stated], tolerance: int) -> list[list[Stated]]:
    groups: list[list[Stated]] = []
    for one in sorted(stated, key=lambda stated: (stated[0], stated[2].number)):
        if groups and one[0] - groups[-1][0][0] <= timedelta(days=tolerance):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups
