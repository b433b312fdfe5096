"""What can be asked of ingest: submissions, who somebody is, what was said of them?"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic_core import from_json

from services.ingest import acts
from services.ingest.acts import SERVICE, NotKnown, sql
from services.ingest.domain.identifiers import name_key
from shared.plumbing.database import Connection, Pool, snapshot
from shared.plumbing.watermark import watermark

Document = dict[str, Any]
PAGE = 100
WHO_HAS: Mapping[str, tuple[str, str]] = {
    "upn": ("people_with_upn", "people_sent_with_upn"),
    "uln": ("people_with_uln", "people_sent_with_uln"),
    "name_key": ("people_with_name_key", "people_sent_with_name_key"),
}
"""Who has it now, and who was ever sent with it in a row that stands."""


async def submission(pool: Pool, submission_id: UUID) -> Document:
    """The verdict in the contract's shape; raises NotKnown."""
    async with snapshot(pool, SERVICE) as connection:
        found = await connection.fetchrow(sql("submission"), submission_id)
        if found is None:
            raise NotKnown("There is no such submission.")
        return _verdict(found, await watermark(connection))


async def submissions(
    pool: Pool, *, providers: Sequence[str] | None, before: int | None, limit: int = PAGE
) -> tuple[list[Document], int | None]:
    """The latest sent first, without their problems, and the cursor of the next page; `providers` limits whose."""
    async with snapshot(pool, SERVICE) as connection:
        found = await connection.fetch(sql("submissions"), providers, before, limit + 1)
        reached = await watermark(connection)
    page = [_verdict(one, reached) for one in found[:limit]]
    return page, found[limit - 1]["sent_order"] if len(found) > limit else None


async def provider_numbers(pool: Pool, establishments: Sequence[str]) -> list[str]:
    """Every number by which these establishments send: LAESTAB, UKPRN and URN."""
    async with snapshot(pool, SERVICE) as connection:
        rows = await connection.fetch(sql("establishment_numbers"), list(establishments))
    return sorted({number for row in rows for number in row.values() if number} | set(establishments))


async def find(
    pool: Pool,
    *,
    upn: str | None = None,
    uln: str | None = None,
    surname: str | None = None,
    forename: str | None = None,
    dob: date | None = None,
) -> list[str]:
    """Whoever has all of the identifiers that are given: those who have one now, else those who were sent with it."""
    key = name_key(surname, forename, dob)
    wanted = [("upn", upn), ("uln", uln), ("name_key", key)]
    async with snapshot(pool, SERVICE) as connection:
        found = [await _who_has(connection, kind, given) for kind, given in wanted if given]
    return sorted(set.intersection(*found), key=int) if found else []


async def _who_has(connection: Connection, kind: str, given: str) -> set[str]:
    for name in WHO_HAS[kind]:
        if found := await connection.fetch(sql(name), given):
            return {row["young_person_id"] for row in found}
    return set()


async def identifiers(
    pool: Pool, people: Sequence[str], known_at: datetime
) -> Mapping[str, tuple[str | None, str | None]]:
    """UPN and ULN of each as known at a moment: the latest sound UPN, else the latest as sent; the latest sound ULN."""
    async with snapshot(pool, SERVICE) as connection:
        number = await acts.reached(connection, known_at)
        rows = await connection.fetch(sql("identifiers"), list(people), number)
    return {row["young_person_id"]: (row["upn"], row["uln"]) for row in rows}


async def evidence(pool: Pool, young_person_id: str, known_at: datetime) -> list[Document]:
    """What stands of what was said of somebody, in the order in which it was said; exceptions with their reason."""
    async with snapshot(pool, SERVICE) as connection:
        said = await connection.fetch(sql("said_of"), young_person_id, known_at)
        reasons = {row["event_id"]: row["reason"] for row in await connection.fetch(sql("reasons_of"), young_person_id)}
    standing: dict[tuple[object, ...], Document] = {}
    for row in said:
        document = from_json(row["payload"]) | {"recorded_at": row["recorded_at"].isoformat()}
        if row["type"] == "EvidenceWithdrawn":
            for piece in document["pieces"]:
                standing.pop((*piece["said"], piece["type"]), None)
        else:
            because = {"reason": reasons[row["event_id"]]} if row["event_id"] in reasons else {}
            standing[*document["said"], row["type"]] = document | because
    return sorted(standing.values(), key=lambda one: (one["said"], one["type"]))


async def unmatched(pool: Pool) -> list[Document]:
    """Rows that wait for a cohort row that says who they are of."""
    async with snapshot(pool, SERVICE) as connection:
        rows = await connection.fetch(sql("unmatched"))
    return [{"submission_id": str(row["submission_id"]), "row": row["row"], "feed": row["feed"]} for row in rows]


async def exceptions(pool: Pool, campaign: int) -> list[Document]:
    """Who was added to a frozen cohort or taken out, when and why, in order: the last of one person is in force."""
    async with snapshot(pool, SERVICE) as connection:
        rows = await connection.fetch(sql("exceptions_of"), campaign)
    return [dict(row) for row in rows]


async def everyone_matched(pool: Pool) -> AsyncIterator[tuple[int, int, str]]:
    """Each standing row's submission number, its own number, and whom it is of."""
    async with snapshot(pool, SERVICE) as connection:
        async for row in connection.cursor(sql("standing_matches")):
            yield row["number"], row["row"], row["young_person_id"]


def _verdict(found: Mapping[str, Any], reached: datetime | None) -> Document:
    at: datetime | None = found["recorded_at"]
    counts = {name: found[name] for name in ("rows", "accepted", "unchanged", "unmatched", "rejected")}
    return {
        "submission_id": str(found["submission_id"]),
        "state": found["state"],
        "feed": found["feed"],
        "provider": found["provider"],
        "campaign": found["campaign"] or found["campaign_given"],
        "full": found["is_full"],
        "sent_at": found["sent_at"].isoformat(),
        "accepted_at": at.isoformat() if at else None,
        "recorded_at": at.isoformat() if at else None,
        "settled": at is not None and reached is not None and at <= reached,
        **counts,
        "queries": 0 if found["state"] == "refused" else _queries(found["problems"]),
        "problems": found["problems"],
        "notes": found["notes"],
    }


def _queries(problems: Sequence[Mapping[str, Any]]) -> int:
    """What is asked of the sender: a row that is rejected is to be mended and raises none."""
    rejected = {problem["row"] for problem in problems if problem["severity"] == "mend"}
    return sum(problem["severity"] == "explain" and problem["row"] not in rejected for problem in problems)
