"""What do reporting and outreach keep of a partition, in words that a recount can be compared with?"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.reporting.domain.facets import Facets
from services.reporting.domain.spans import Flat, Standing, flat, standings
from shared.domain.decisions import Reason
from shared.plumbing.database import Connection

Worded = tuple[Any, ...]
"""A span with each reason whole: the number under which it is kept says nothing elsewhere."""
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


def spans_of(held: Mapping[str, Facets], reasons: Mapping[int, Reason]) -> dict[str, list[Worded]]:
    """Everyone's spans as they lie there, by person, in order."""
    return {
        person: [worded(span, reasons) for campaign in facets.campaigns for span in flat(campaign, facets.dimensions)]
        for person, facets in held.items()
    }


def standings_of(held: Mapping[str, Facets]) -> dict[str, list[Standing]]:
    """In which cohorts everyone is, by person, in order."""
    return {
        person: [span for campaign in facets.campaigns for span in standings(campaign)]
        for person, facets in held.items()
    }


async def entries_of(connection: Connection, partition: int) -> dict[str, tuple[int, str]]:
    """Who stands in the queue, by person: the campaign and the row."""
    return {
        row["young_person_id"]: (row["campaign"], row["row_code"]) for row in await connection.fetch(ENTRIES, partition)
    }
