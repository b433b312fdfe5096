"""Who is in the queue today, in what order, and by which points?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from services.outreach.domain.priority import Points, Situation, points
from services.outreach.store import sql
from services.outreach.tables import attempts_before_review
from services.outreach.tables import points as rules
from shared.plumbing.database import Connection

Document = dict[str, Any]
Place = tuple[int, str, int]
CURSOR: Final = r"^-?[0-9]{1,6}_[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{1,10}$"


async def today(connection: Connection) -> date:
    """The day as at which the queue stands."""
    found: date = await connection.fetchval(sql("queue_day"))
    return found


async def queue(
    connection: Connection, *, establishments: Sequence[str] | None, limit: int | None, cursor: str | None = None
) -> Document:
    """The queue in order: priority, then the longest wait, then the id. `total` disregards limit and cursor."""
    day = await today(connection)
    rows = await connection.fetch(sql("queue"), establishments)
    everyone = sorted((_entry(row, day) for row in rows), key=_place)
    rest = [entry for entry in everyone if _place(entry) > _place_of(cursor)] if cursor else everyone
    page = rest[:limit]
    next_cursor = _cursor(page[-1]) if len(page) < len(rest) else None
    return {"as_at": day.isoformat(), "total": len(everyone), "entries": page, "next_cursor": next_cursor}


async def points_of(connection: Connection, people: Sequence[str]) -> dict[tuple[str, int], Document]:
    """`points` and `priority` of whoever of these needs contact today, by person and campaign."""
    day = await today(connection)
    tried = {row["young_person_id"]: dict(row) for row in await connection.fetch(sql("tried"), people)}
    rows = await connection.fetch(sql("needs_on"), people, day)
    return {
        (row["young_person_id"], row["campaign"]): _weighed(tried[row["young_person_id"]] | dict(row), day)
        for row in rows
    }


def _place(entry: Document) -> Place:
    return -entry["priority"], entry["waiting_since"].isoformat(), int(entry["young_person_id"])


def _cursor(entry: Document) -> str:
    """By place and not by number, so that whoever joins or leaves meanwhile moves nobody to another page."""
    return f"{entry['priority']}_{entry['waiting_since']}_{entry['young_person_id']}"


def _place_of(cursor: str) -> Place:
    priority, waiting_since, young_person_id = cursor.split("_")
    return -int(priority), waiting_since, int(young_person_id)


def _entry(row: Mapping[str, Any], day: date) -> Document:
    rests_until = row["rests_until"]
    return {
        "young_person_id": row["young_person_id"],
        "campaign": row["campaign"],
        "other_campaigns": row["other_campaigns"],
        "year_group": row["year_group"],
        "establishment": row["establishment"],
        "need": row["row_code"],
        "because": row["because"],
        **_weighed(row, day),
        "waiting_since": row["waiting_since"],
        "resting_until": rests_until if rests_until and rests_until > day else None,
        "attempts": row["attempts"],
        "for_review": row["attempts"] >= attempts_before_review(row["campaign"]),
        "leased_to": row["leased_to"],
    }


def _weighed(row: Mapping[str, Any], day: date) -> Document:
    found = points(rules(), _situation(row), day)
    return {"priority": sum(one.points for one in found), "points": [_shown(one) for one in found]}


def _shown(one: Points) -> Document:
    return {"name": one.name, "points": one.points}


def _situation(row: Mapping[str, Any]) -> Situation:
    return Situation(
        campaign=row["campaign"],
        row_code=row["row_code"],
        characteristics=tuple(row["characteristics"]),
        provision=row["provision"],
        roni_band=row["roni_band"],
        attempts=row["attempts"],
        last_attempt_on=row["last_attempt_on"],
        next_contact_on=row["next_contact_on"],
        reachable=row["reachable"],
    )
