"""Who exactly is counted, and where does each of them stand? Lists of people, and the ledger of a cohort."""

from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from services.reporting.domain.facets import CampaignHeld, Spans
from services.reporting.domain.ledger import Entry, Version, entries, known
from services.reporting.domain.spans import standings
from services.reporting.recall import spans_lying
from services.reporting.store import sql
from services.reporting.tables import ledger_reasons
from shared.domain.academic_year import cohort_day
from shared.plumbing.database import Connection

Document = dict[str, Any]
AT_ONCE = 500


async def people(
    connection: Connection, *, campaign: int | None, as_at: date, known_at: datetime
) -> AsyncIterator[Document]:
    """Everyone in a frozen cohort or ever in a live one up to a day, by id; `connection` is a snapshot's."""
    person: Document = {}
    async for row in connection.cursor(sql("list_people"), campaign, as_at, known_at, prefetch=AT_ONCE):
        if row["young_person_id"] != person.get("young_person_id"):
            if person:
                yield person
            person = {"young_person_id": row["young_person_id"], "campaigns": []}
        person["campaigns"].append(_campaign(row))
    if person:
        yield person


async def person(connection: Connection, young_person_id: str, *, as_at: date, known_at: datetime) -> Document | None:
    """One person's campaigns; None where nothing was ever decided of them by then."""
    rows = await connection.fetch(sql("one_person"), young_person_id, as_at, known_at)
    found = [_campaign(row) for row in rows]
    return {"young_person_id": young_person_id, "campaigns": found} if found else None


def _campaign(row: Mapping[str, Any]) -> Document:
    """A campaign in the contract's shape; points and priority are outreach's to add."""
    need = {"row": row["need_row"], "because": row["need_because"], "points": None, "priority": None}
    return {
        "campaign": row["campaign"],
        "year_group": row["year_group"],
        "establishment": row["establishment"],
        "frozen": row["frozen"],
        "live": row["live"],
        "guarantee": {"outcome": row["outcome"], "row": row["outcome_row"], "because": row["outcome_because"]},
        "participation": {
            "group": row["participation"],
            "activity_code": row["activity_code"],
            "confirmed": row["confirmed"],
            "lapses_on": row["lapses_on"],
            "because": row["participation_because"],
        },
        "need": need if row["need_row"] else None,
    }


async def ledger(connection: Connection, campaign: int, today: date) -> Document:
    """The cohort's sizes today as known now, and every change of the live one since the freeze."""
    since = min(cohort_day(campaign), today)
    sizes = await connection.fetchrow(sql("cohort_sizes"), campaign, today)
    rows = await connection.fetch(sql("ledger"), campaign, since, today)
    spans = await spans_lying(connection, "membership", {row["membership"] for row in rows})
    found = [
        _entry(young_person_id, entry, recorded_at)
        for young_person_id, history in groupby(rows, key=lambda row: row["young_person_id"])
        for entry, recorded_at in entries(known(_version(campaign, row, spans) for row in history), since, today)
    ]
    found.sort(key=lambda entry: (entry["on"], entry["recorded_at"]))
    return {"campaign": campaign, "frozen": sizes["frozen"], "live": sizes["live"], "entries": found}


def _version(campaign: int, row: Mapping[str, Any], spans: Mapping[int, Spans]) -> Version:
    held = CampaignHeld(campaign, spans[row["membership"]])
    return Version(standings(held), row["known_from"], row["cause"])


def _entry(young_person_id: str, entry: Entry, recorded_at: datetime) -> Document:
    return {
        "young_person_id": young_person_id,
        "change": entry.change,
        "on": entry.on,
        "reason": ledger_reasons()[entry.reason],
        "recorded_at": recorded_at,
        "exception": entry.exception,
    }
