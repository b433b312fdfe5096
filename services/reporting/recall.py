"""What was known of people at a moment, facet by facet, as it lies in the tables that figures are counted from?"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import groupby

from services.reporting.domain.facets import CampaignHeld, Facets, Spans
from services.reporting.domain.people import NO_CAMPAIGN
from services.reporting.domain.timelines import spans_of
from services.reporting.store import sql
from shared.plumbing.database import Connection

BY_FACET = {
    "membership": "membership_spans",
    "outcome": "outcome_spans",
    "participation": "participation_spans",
    "need": "need_spans",
    "dimensions": "dimensions_spans",
}


async def facets_of(connection: Connection, partition: int, known_at: datetime) -> dict[str, Facets]:
    """Everyone of a partition as known at a moment, by person."""
    rows = await connection.fetch(sql("known_in_partition"), partition, known_at)
    spans = {facet: await spans_lying(connection, facet, {row[facet] for row in rows}) for facet in BY_FACET}
    campaigns: dict[str, list[CampaignHeld]] = defaultdict(list)
    lived: dict[str, Spans] = {}
    for person, campaign, *numbers in rows:
        *facets, lived[person] = (spans[facet][number] for facet, number in zip(BY_FACET, numbers, strict=True))
        if campaign != NO_CAMPAIGN:
            campaigns[person].append(CampaignHeld(campaign, *facets))
    return {person: Facets(tuple(campaigns[person]), dimensions) for person, dimensions in lived.items()}


async def spans_lying(connection: Connection, facet: str, numbers: Collection[int]) -> Mapping[int, Spans]:
    """What timelines of a facet say, by number; one that does not lie there says nothing."""
    found: dict[int, Spans] = dict.fromkeys(numbers, ())
    rows = await connection.fetch(sql(BY_FACET[facet]), list(numbers))
    for number, lying in groupby(rows, key=lambda row: row["timeline"]):
        found[number] = spans_of(facet, [tuple(row)[1:] for row in lying])
    return found
