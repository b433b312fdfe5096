"""What do reporting and outreach keep of a partition, in words that a recount can be compared with?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.reporting.domain.spans import Flat, Standing
from shared.domain.decisions import Reason
from shared.plumbing.database import Connection

Worded = tuple[Any, ...]
"""A span with each reason whole: the number under which it is kept says nothing elsewhere."""
SPANS = f"""
    SELECT young_person_id, {", ".join(Flat._fields)} FROM span
    WHERE partition = $1 AND known_from <= $2 AND known_to > $2
    ORDER BY young_person_id, campaign, from_on
"""
STANDINGS = f"""
    SELECT young_person_id, {", ".join(Standing._fields)} FROM standing
    WHERE young_person_id = ANY ($1) AND known_from <= $2 AND known_to > $2
    ORDER BY young_person_id, campaign, from_on
"""
ENTRIES = "SELECT young_person_id, campaign, row_code FROM entry WHERE partition = $1 ORDER BY young_person_id"


def worded(span: Flat, reasons: Sequence[Reason] | Mapping[int, Reason]) -> Worded:
    """The span, in which a reason's number is replaced by the reason."""
    bare = span._replace(outcome_reason=None, participation_reason=None, need_reason=None)
    numbers = (span.outcome_reason, span.participation_reason, span.need_reason)
    return *bare, *(None if number is None else reasons[number] for number in numbers)


async def reason_texts(connection: Connection) -> dict[int, Reason]:
    rows = await connection.fetch(
        "SELECT id, decision_table, version, row_code, facts, because FROM reason ORDER BY id"
    )
    return {
        row["id"]: Reason(
            table=row["decision_table"],
            version=row["version"],
            row=row["row_code"],
            facts=row["facts"],
            because=row["because"],
        )
        for row in rows
    }


async def spans_of(
    connection: Connection, partition: int, known_at: datetime, reasons: Mapping[int, Reason]
) -> dict[str, list[Worded]]:
    """Everyone's spans in a partition as known at a moment, by person, in order."""
    found: dict[str, list[Worded]] = defaultdict(list)
    async for row in connection.cursor(SPANS, partition, known_at, prefetch=2000):
        person, *columns = row.values()
        found[person].append(worded(Flat(*columns), reasons))
    return found


async def standings_of(connection: Connection, people: Sequence[str], known_at: datetime) -> dict[str, list[Standing]]:
    """In which cohorts these people are, as known at a moment, by person, in order."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for row in await connection.fetch(STANDINGS, people, known_at):
        person, *columns = row.values()
        found[person].append(Standing(*columns))
    return found


async def entries_of(connection: Connection, partition: int) -> dict[str, tuple[int, str]]:
    """Who stands in the queue, by person: the campaign and the row."""
    return {
        row["young_person_id"]: (row["campaign"], row["row_code"]) for row in await connection.fetch(ENTRIES, partition)
    }
