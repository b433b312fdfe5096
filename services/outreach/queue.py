"""Who is in the queue today, in what order, and by which points?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from services.outreach.domain.priority import Points, of_campaign, points
from services.outreach.entries import situation
from services.outreach.store import sql
from services.outreach.tables import attempts_before_review
from services.outreach.tables import points as rules
from shared.plumbing.database import Connection

Document = dict[str, Any]
CURSOR: Final = r"^-?[0-9]{1,6}_[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{1,10}$"

MOST: Final = 1_000_000_000
"""More than there ever are: whoever asks for more is given all."""


class Place(NamedTuple):
    """Where somebody stands: no number, so that whoever joins or leaves moves nobody to another page."""

    priority: int
    waiting_since: date
    young_person_id: str


BEFORE_ALL: Final = Place(1_000_000_000, date.min, "")


async def today(connection: Connection) -> date:
    """The day as at which the queue stands."""
    found: date = await connection.fetchval(sql("queue_day"))
    return found


async def queue(
    connection: Connection, *, establishments: Sequence[str] | None, limit: int | None, cursor: str | None = None
) -> Document:
    """The queue in order: priority, then the longest wait, then the id. `total` disregards limit and cursor."""
    day = await today(connection)
    counted = await length(connection, establishments)
    of_all = {campaign: of_campaign(rules(), campaign, day) for campaign, _ in counted}
    after = _place(cursor) if cursor else BEFORE_ALL
    asked = None if limit is None else min(limit, MOST) + 1
    places = await _places(connection, of_all, establishments, after=after, limit=asked)
    page = places[:limit]
    found = await connection.fetch(sql("queue_entries"), [place.young_person_id for place in page])
    entries = {row["young_person_id"]: _entry(row) for row in found}
    return {
        "as_at": day.isoformat(),
        "total": sum(counted.values()),
        "entries": [entries[place.young_person_id] for place in page],
        "next_cursor": _cursor(page[-1]) if len(page) < len(places) else None,
    }


async def length(connection: Connection, establishments: Sequence[str] | None = None) -> dict[tuple[int, str], int]:
    """How many people are in the queue, by campaign and need."""
    rows = await connection.fetch(sql("queue_length"), establishments)
    return {(row["campaign"], row["row_code"]): row["people"] for row in rows}


async def points_of(connection: Connection, people: Sequence[str]) -> dict[tuple[str, int], Document]:
    """`points` and `priority` of whoever of these needs contact today, by person and campaign."""
    day = await today(connection)
    tried = {row["young_person_id"]: dict(row) for row in await connection.fetch(sql("tried"), people)}
    rows = await connection.fetch(sql("needs_on"), people, day)
    return {
        (row["young_person_id"], row["campaign"]): _shown(tried[row["young_person_id"]] | dict(row), day)
        for row in rows
    }


async def _places(
    connection: Connection,
    campaigns: Mapping[int, int],
    establishments: Sequence[str] | None,
    *,
    after: Place,
    limit: int | None,
) -> list[Place]:
    given = (list(campaigns), list(campaigns.values()), *after, limit)
    if establishments is None:
        rows = await connection.fetch(sql("queue_page"), *given)
    else:
        rows = await connection.fetch(sql("queue_page_of_establishments"), *given, establishments)
    return [Place(row["priority"], row["waiting_since"], row["young_person_id"]) for row in rows]


def _cursor(place: Place) -> str:
    return f"{place.priority}_{place.waiting_since}_{place.young_person_id}"


def _place(cursor: str) -> Place:
    priority, waiting_since, young_person_id = cursor.split("_")
    return Place(int(priority), date.fromisoformat(waiting_since), young_person_id)


def _entry(row: Mapping[str, Any]) -> Document:
    day, rests_until = row["today"], row["rests_until"]
    return {
        "young_person_id": row["young_person_id"],
        "campaign": row["campaign"],
        "other_campaigns": row["other_campaigns"],
        "year_group": row["year_group"],
        "establishment": row["establishment"],
        "need": row["row_code"],
        "because": row["because"],
        **_shown(row, day),
        "waiting_since": row["waiting_since"],
        "resting_until": rests_until if rests_until and rests_until > day else None,
        "attempts": row["attempts"],
        "for_review": row["attempts"] >= attempts_before_review(row["campaign"]),
        "leased_to": row["leased_to"],
    }


def _shown(row: Mapping[str, Any], day: date) -> Document:
    found = points(rules(), situation(row), day)
    return {"priority": sum(one.points for one in found), "points": [_named(one) for one in found]}


def _named(one: Points) -> Document:
    return {"name": one.name, "points": one.points}
