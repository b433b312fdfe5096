"""What follows when a submission is taken back? Everything is as if it had never been sent."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from services.ingest import acts, directory_files, directory_rows, telling
from services.ingest.acts import SERVICE, Asked, AskedOtherwise, CannotBeUsed, NotKnown, NotNow, sql
from services.ingest.desk import Desk
from services.ingest.domain.evidence import Sending
from services.ingest.rematching import rows_withdrawn
from services.ingest.returns import returned
from services.ingest.submissions import FROM_COUNCIL
from shared.domain.vocabulary import Feed
from shared.plumbing import clock, journal
from shared.plumbing.database import Connection, Pool, transaction
from shared.plumbing.faults import is_transient, where_it_arose

LOG: Final = logging.getLogger(__name__)
PATIENCE: Final = 600.0
LOOK_EVERY: Final = 0.02


async def ask(pool: Pool, submission_id: UUID, reason: str, asked: Asked) -> None:
    """Has whoever checks submissions take one back; raises NotKnown, CannotBeUsed, NotNow or AskedOtherwise at once."""
    async with transaction(pool, SERVICE) as connection:
        if await acts.result_of(connection, asked) is None:
            await _look_up(connection, submission_id)
            waits = await connection.fetchval(sql("is_withdrawal_asked"), asked.act_id)
            if waits not in (None, asked.request_hash):
                raise AskedOtherwise
            await connection.execute(sql("ask_withdrawal"), asked.act_id, asked.request_hash, submission_id, reason)


async def outcome(pool: Pool, asked: Asked) -> dict[str, Any]:
    """What came of it, once it is done; raises NotNow where it was not done in time or at all."""
    until = clock.monotonic() + PATIENCE
    while clock.monotonic() < until:
        async with transaction(pool, SERVICE) as connection:
            waits = await connection.fetchval(sql("is_withdrawal_asked"), asked.act_id)
            known = await acts.result_of(connection, asked)
        if known is not None:
            return known
        if waits is None:
            raise NotNow("The submission could not be withdrawn, by a fault of ours; nothing has changed.")
        await asyncio.sleep(LOOK_EVERY)
    raise NotNow("The submission is still being withdrawn: ask again.")


async def withdraw_next(desk: Desk) -> bool:
    """Does what was asked for first; False where nothing is asked for. What fails is given up and changes nothing."""
    async with transaction(desk.pool, SERVICE) as connection:
        found = await connection.fetchrow(sql("next_withdrawal"))
    if found is None:
        return False
    try:
        await _done_once(desk, found)
    except Exception as error:
        if is_transient(error):
            raise
        told = {"submission_id": found["submission_id"]}
        LOG.error("A submission could not be withdrawn: %s.", where_it_arose(error), extra=told)
        async with transaction(desk.pool, SERVICE) as connection:
            await connection.execute(sql("end_withdrawal"), found["act_id"])
    return True


async def _done_once(desk: Desk, wanted: Mapping[str, Any]) -> None:
    """One that is withdrawn already stays as it is."""
    asked = Asked(wanted["act_id"], wanted["request_hash"])
    async with acts.in_turn(desk.pool) as connection:
        await connection.execute(sql("end_withdrawal"), asked.act_id)
        if await acts.result_of(connection, asked) is not None:
            return
        found = await _look_up(connection, wanted["submission_id"])
        number, at = None, found["withdrawn_at"]
        if at is None:
            number, at = await _withdraw(connection, desk, found, wanted["reason"])
        await acts.remember(connection, asked, {"recorded_at": at.isoformat()})
    if number is not None:
        telling.withdrawn(found, number, at, desk.following)


async def _look_up(connection: Connection, submission_id: UUID) -> Mapping[str, Any]:
    found: Mapping[str, Any] | None = await connection.fetchrow(sql("to_withdraw"), submission_id)
    if found is None:
        raise NotKnown("There is no such submission.")
    if found["state"] == "checking":
        raise NotNow("This submission is still being checked: ask again once it has its verdict.")
    if found["state"] not in ("accepted", "withdrawn"):
        raise CannotBeUsed(f"This submission is {found['state']}: only one that was accepted can be withdrawn.")
    return found


async def _withdraw(connection: Connection, desk: Desk, found: Mapping[str, Any], reason: str) -> tuple[int, datetime]:
    feed, sending = Feed(found["feed"]), _sending(found)
    key = (sending.sender, feed, sending.campaign)
    before: date | None = await connection.fetchval(sql("earliest_return"), *key)
    providers = await desk.known_providers(connection)
    number = await acts.begin(connection, "withdrawal")
    await connection.execute(sql("withdraw"), found["submission_id"], number, reason)
    if feed in FROM_COUNCIL:
        rows = await directory_rows.of_submission(connection, sending.number, feed)
        act = Sending(sending.submission_id, number, sending.sent_on, sending.campaign, sending.sender, sending.kind)
        events = await directory_files.changed(connection, desk, act, rows, providers)
    else:
        events = await rows_withdrawn(connection, desk, sending.number, number)
    now: date | None = await connection.fetchval(sql("earliest_return"), *key)
    events += returned(sending, feed, before, now)
    return number, await acts.finish(connection, number, await journal.append(connection, SERVICE, events))


def _sending(found: Mapping[str, Any]) -> Sending:
    return Sending(found["submission_id"], found["number"], found["sent_on"], found["campaign"], found["sender"], None)
