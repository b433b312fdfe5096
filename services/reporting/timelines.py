"""Under which numbers are reasons and timelines kept? What a process has once seen there it does not ask for again."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from pydantic_core import from_json, to_json

from services.reporting.domain.facets import Spans
from services.reporting.domain.heard import Given
from services.reporting.domain.people import Numbered
from services.reporting.domain.timelines import COLUMNS, Timeline, held, rows, turns
from shared.plumbing.database import Connection, queries

MOST: Final = 30_000
"""Timelines that a process remembers."""
MOST_WORDS: Final = 4_000
"""Decisions of which it remembers the words and what they say."""

Why = tuple[str, str, str, str, str]
_why: Final = itemgetter("table", "version", "row", "facts", "because")


@dataclass(slots=True)
class Kept:
    """What lies in one schema for good: numbers are given once, and only what is committed is remembered."""

    reasons: dict[Why, int] = field(default_factory=dict)
    numbers: dict[Timeline, int] = field(default_factory=dict)
    spans: dict[int, Spans] = field(default_factory=dict)
    words: dict[bytes, Numbered] = field(default_factory=dict)

    def remember(self, number: int, timeline: Timeline) -> None:
        if len(self.spans) >= MOST:
            self.numbers.clear()
            self.spans.clear()
        self.numbers[timeline] = number
        self.spans[number] = timeline[1]

    def remember_words(self, words: bytes, said: Numbered) -> None:
        if len(self.words) >= MOST_WORDS:
            self.words.clear()
        self.words[words] = said


@lru_cache(maxsize=2)
def kept_in(database: int, schema: str) -> Kept:
    return Kept()


async def reasons_of(connection: Connection, kept: Kept, said: Collection[Given]) -> list[list[int]]:
    """The numbers of the reasons that are given, in their order; a reason never met before is given one."""
    asked: list[list[Why]] = [list(map(_why, given.get("reasons", ()))) for given in said]
    known: Mapping[Why, int] = kept.reasons
    if missing := sorted(set(chain.from_iterable(asked)) - kept.reasons.keys()):
        known = {**known, **await _reasons(connection, kept, missing)}
    return [[known[why] for why in whys] for whys in asked]


async def _reasons(connection: Connection, kept: Kept, missing: list[Why]) -> Mapping[Why, int]:
    columns = list(map(list, zip(*missing, strict=True)))
    await connection.execute(_sql("add_reasons"), *columns)
    found = dict(zip(missing, await connection.fetch(_sql("reason_ids"), *columns), strict=True))
    kept.reasons |= {why: row["id"] for why, row in found.items() if row["lasts"]}
    return {why: row["id"] for why, row in found.items()}


async def numbers_of(connection: Connection, kept: Kept, timelines: Collection[Timeline]) -> Mapping[Timeline, int]:
    """The numbers of these timelines; one that was never said of anybody is given one."""
    known = {timeline: number for timeline in timelines if (number := kept.numbers.get(timeline))}
    missing = {_fingerprint(timeline): timeline for timeline in timelines if timeline not in known}
    if missing:
        known |= await _found(connection, kept, missing)
        new = {mark: timeline for mark, timeline in missing.items() if timeline not in known}
        known |= await _added(connection, new) if new else {}
    return known


async def _found(connection: Connection, kept: Kept, asked: Mapping[bytes, Timeline]) -> dict[Timeline, int]:
    found: dict[Timeline, int] = {}
    for row in await connection.fetch(_sql("timelines_by_fingerprint"), list(asked)):
        timeline = asked[row["fingerprint"]]
        found[timeline] = row["id"]
        if row["lasts"]:
            kept.remember(row["id"], timeline)
    return found


async def _added(connection: Connection, new: Mapping[bytes, Timeline]) -> dict[Timeline, int]:
    facets, said = [facet for facet, _ in new.values()], [_written(spans) for _, spans in new.values()]
    given = await connection.fetch(_sql("add_timelines"), facets, list(new), said)
    added = {row["id"]: new[row["fingerprint"]] for row in given}
    await _laid_out(connection, added)
    return {timeline: number for number, timeline in added.items()}


async def _laid_out(connection: Connection, added: Mapping[int, Timeline]) -> None:
    """Puts new timelines into the tables of their facets, which all counting reads."""
    lying: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for number, timeline in added.items():
        lying[timeline[0]] += rows(number, timeline)
        lying["turn"] += ((day, number) for day in turns(timeline))
    for table, records in lying.items():
        days = ("timeline", "from_on", "to_on", *COLUMNS[table]) if table in COLUMNS else ("on_day", "timeline")
        await connection.copy_records_to_table(table, columns=days, records=records)


async def spans_by_number(connection: Connection, kept: Kept, numbers: set[int]) -> Mapping[int, Spans]:
    """What was said under these numbers; under 0, nothing."""
    found: dict[int, Spans] = {number: kept.spans[number] for number in numbers if number in kept.spans}
    if missing := numbers - found.keys() - {0}:
        for row in await connection.fetch(_sql("timelines_by_number"), list(missing)):
            found[row["id"]] = held(from_json(row["said"]))
            if row["lasts"]:
                kept.remember(row["id"], (row["facet"], found[row["id"]]))
    return found | {0: ()}


def _fingerprint(timeline: Timeline) -> bytes:
    return hashlib.sha256(to_json(timeline)).digest()


def _written(spans: Spans) -> str:
    return to_json(spans).decode()


def _sql(name: str) -> str:
    return queries("services.reporting")[name]
