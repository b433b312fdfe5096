"""How is an attempt to reach somebody recorded, so that the queue knows at once and everybody else hears of it?"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from services.outreach import entries
from services.outreach.store import sql
from services.outreach.tables import contact_outcomes
from shared.domain.events import ContactAttempted
from shared.plumbing import journal
from shared.plumbing.database import Connection

SOURCE: Final = "outreach"
ATTEMPTS: Final = UUID("6f1d52f4-5d6b-4a35-9a86-0c7d1f9a4a55")


class OutcomeUnknown(ValueError):
    """No such outcome of an attempt: say which there are."""


class RecordedOtherwise(Exception):
    """The same act has been recorded with another request."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tried to reach whom on which day, with what came of it and when they will try again."""

    young_person_id: str
    made_by: UUID
    made_on: date
    outcome: str
    next_contact_on: date | None = None


async def record_attempt(
    connection: Connection, attempt: Attempt, *, act_id: UUID, request_hash: str
) -> ContactAttempted:
    """Keeps it and says it, as the last thing of a transaction; the same act again does nothing and answers the same.

    Raises OutcomeUnknown, and RecordedOtherwise where the act was another request's.
    """
    event = _said(attempt, act_id)
    kept = await connection.fetchval(
        sql("keep_attempt"), act_id, request_hash, attempt.young_person_id, attempt.made_by, attempt.made_on,
        event.outcome, event.bars, event.rests_until, attempt.next_contact_on,
    )  # fmt: skip
    if kept is not None:
        await entries.tried(connection, attempt.young_person_id)
        await journal.append(connection, SOURCE, [event])
    elif await connection.fetchval(sql("request_of_attempt"), act_id) != request_hash:
        raise RecordedOtherwise("this act was recorded with another request")
    return event


def _said(attempt: Attempt, act_id: UUID) -> ContactAttempted:
    outcome = contact_outcomes().get(attempt.outcome)
    if outcome is None:
        raise OutcomeUnknown(f"An attempt ends in one of: {', '.join(contact_outcomes())}.")
    return ContactAttempted(
        event_id=uuid5(ATTEMPTS, str(act_id)),
        source=SOURCE,
        young_person_id=attempt.young_person_id,
        happened_on=attempt.made_on,
        outcome=outcome.code,
        bars=outcome.bars,
        rests_until=outcome.rests_until(attempt.made_on),
    )
