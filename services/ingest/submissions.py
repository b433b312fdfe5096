"""How is a file taken in, and what becomes of it once it has been read?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

import asyncpg

from services.ingest import acts, directory_files, people_files
from services.ingest.acts import SERVICE, Asked, sql
from services.ingest.arrival import Arrival
from services.ingest.desk import Desk
from services.ingest.domain.contents import Parsed, campaign_of, refused
from services.ingest.domain.evidence import Sending
from services.ingest.domain.problems import Refusal
from services.ingest.domain.verdict import Counts, turned_down
from services.ingest.returns import returned
from shared.domain.vocabulary import COUNCIL, Feed, ProviderKind
from shared.plumbing import journal
from shared.plumbing.database import Connection, Pool, transaction

FULL: Final = (Feed.COHORT, Feed.ENROLMENTS)
"""Feeds of which a file is everyone unless it is said to be a part."""
FROM_COUNCIL: Final = (Feed.ESTABLISHMENTS, Feed.POSTCODES, Feed.EXPECTATIONS)
COUNCIL_ONLY: Final = "This feed comes from the council alone. Send it with the provider `council`."
UNKNOWN_PROVIDER: Final = (
    "No accepted establishments file knows this provider. Give a LAESTAB, UKPRN or URN as the establishments file has"
    " it, or send an establishments file that names it first."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sends: whose file of which feed, and for which campaign where they say so."""

    feed: Feed
    provider: str
    content: bytes
    campaign: int | None = None
    full: bool | None = None


@dataclass(frozen=True, slots=True)
class Checking:
    """A submission on its way to its verdict."""

    submission_id: UUID
    feed: Feed
    provider: str
    campaign: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict, as it was given: what was accepted has a number and a moment, what was refused a code."""

    counts: Counts
    number: int | None = None
    recorded_at: datetime | None = None
    code: str | None = None


async def send(pool: Pool, sent: Sent, asked: Asked) -> UUID:
    """Keeps the file as it came, to be checked in the order of sending; the same request has the same submission."""
    try:
        async with transaction(pool, SERVICE) as connection:
            return await _take_in(connection, sent, asked)
    except asyncpg.UniqueViolationError:  # the same request came twice at once: the other one has been kept
        async with transaction(pool, SERVICE) as connection:
            return await _take_in(connection, sent, asked)


async def _take_in(connection: Connection, sent: Sent, asked: Asked) -> UUID:
    known = await acts.result_of(connection, asked)
    if known is not None:
        return UUID(known["submission_id"])
    submission_id = uuid5(asked.act_id, "submission")
    full = sent.feed in FULL if sent.full is None else sent.full
    await acts.remember(connection, asked, {"submission_id": str(submission_id)})
    await connection.execute(sql("enter_submission"), submission_id, sent.feed, sent.provider, sent.campaign, full)
    await connection.execute(sql("keep_file"), submission_id, sent.content)
    return submission_id


async def next_checking(connection: Connection) -> Checking | None:
    """The one that was sent first of those that have no verdict yet."""
    found = await connection.fetchrow(sql("next_checking"))
    if found is None:
        return None
    return Checking(found["submission_id"], Feed(found["feed"]), found["provider"], found["campaign_given"])


async def conclude(desk: Desk, submission: Checking, read: Parsed | Refusal) -> Given | None:
    """The verdict, with all that follows from it; None where another process has given it meanwhile."""
    async with acts.in_turn(desk.pool) as connection:
        if not await connection.fetchval(sql("is_checking"), submission.submission_id):
            return None
        because = await _refusal(connection, desk, submission, read)
        if isinstance(read, Parsed) and because is None:
            try:
                async with connection.transaction():
                    return await _accept(connection, desk, submission, read)
            except people_files.NothingUsable as nothing:
                read = nothing.read
                because = refused(read, desk.tables)
        return await _refuse(connection, submission, read, because) if because else None


async def _refuse(connection: Connection, submission: Checking, read: Parsed | Refusal, because: Refusal) -> Given:
    notes = read.notes if isinstance(read, Parsed) else ()
    verdict = turned_down(read, because)
    await connection.execute(sql("refuse"), submission.submission_id, *_told(verdict), notes)
    return Given(verdict, code=because.code)


async def _refusal(connection: Connection, desk: Desk, submission: Checking, read: Parsed | Refusal) -> Refusal | None:
    """Why nothing of the file can be taken, if so; who sends it is asked first."""
    if submission.provider != COUNCIL:
        if submission.feed in FROM_COUNCIL:
            return Refusal("council-only", COUNCIL_ONLY)
        if (await desk.known_providers(connection)).known(submission.provider) is None:
            return Refusal("provider-unknown", UNKNOWN_PROVIDER)
    return refused(read, desk.tables) if isinstance(read, Parsed) else read


async def _accept(connection: Connection, desk: Desk, submission: Checking, parsed: Parsed) -> Given:
    sender, kind = await _sender(connection, desk, submission.provider)
    today: date = await connection.fetchval("SELECT bus.today()")
    campaign = submission.campaign or campaign_of(submission.feed, today)
    number = await acts.begin(connection, "submission")
    sending = Sending(submission.submission_id, number, today, campaign, sender, kind)
    before = await connection.fetchval(sql("earliest_return"), sender, submission.feed, campaign)
    arrival = Arrival(sending, submission.feed, parsed, await desk.known_providers(connection))
    await connection.execute(sql("accept"), submission.submission_id, number, sender, kind, campaign, today)
    accept = directory_files.accept if submission.feed in FROM_COUNCIL else people_files.accept
    counts, events = await accept(connection, desk, arrival)
    events += returned(sending, submission.feed, before, before or today)
    recorded_at = await acts.finish(connection, number, await journal.append(connection, SERVICE, events))
    verdict = (submission.submission_id, recorded_at, *_told(counts), parsed.notes)
    await connection.execute(sql("give_verdict"), *verdict)
    return Given(counts, number, recorded_at)


async def _sender(connection: Connection, desk: Desk, provider: str) -> tuple[str, ProviderKind | None]:
    """A LAESTAB and its kind, or the council."""
    known = (await desk.known_providers(connection)).known(provider)
    return (known.laestab, known.kind) if known and provider != COUNCIL else (COUNCIL, None)


def _told(counts: Counts) -> tuple[int, int, int, int, int, list[dict[str, Any]]]:
    problems = [
        {"row": one.row, "column": one.column, "code": one.code, "severity": one.severity, "message": one.message}
        for one in counts.problems
    ]
    return counts.rows, counts.accepted, counts.unchanged, counts.unmatched, counts.rejected, problems
