"""How is a cohort frozen, and who is added to it or taken out by name?"""

from datetime import date
from typing import Any, Literal
from uuid import uuid5

from services.ingest import acts
from services.ingest.acts import SERVICE, Asked, CannotBeUsed, NotKnown, sql
from shared.domain import academic_year
from shared.domain.events import CohortExcepted, CohortFrozen
from shared.domain.vocabulary import COUNCIL
from shared.plumbing import journal
from shared.plumbing.database import Connection, Pool


async def freeze(pool: Pool, campaign: int, asked: Asked) -> dict[str, Any]:
    """The members at the end of 31 May, as known now, are the campaign's cohort; once a campaign."""
    async with acts.in_turn(pool) as connection:
        known = await acts.result_of(connection, asked)
        if known is not None:
            return known
        await _refuse_freezing(connection, campaign)
        number = await acts.begin(connection, "freeze")
        await connection.execute(sql("enter_freeze"), campaign, number)
        event_id = uuid5(asked.act_id, "frozen")
        on = academic_year.cohort_day(campaign)
        event = CohortFrozen(event_id=event_id, happened_on=on, source=COUNCIL, campaign=campaign, number=number)
        at = await acts.finish(connection, number, await journal.append(connection, SERVICE, [event]))
        return await acts.remember(connection, asked, {"campaign": campaign, "recorded_at": at.isoformat()})


async def _refuse_freezing(connection: Connection, campaign: int) -> None:
    today: date = await connection.fetchval("SELECT bus.today()")
    if today <= academic_year.cohort_day(campaign):
        raise CannotBeUsed(f"The cohort of campaign {campaign} can be frozen from 1 June {campaign}.")
    if await connection.fetchval(sql("frozen_by"), campaign) is not None:
        raise CannotBeUsed(f"The cohort of campaign {campaign} is frozen already; that is done once.")


async def except_(
    pool: Pool, campaign: int, young_person_id: str, *, op: Literal["add", "remove"], reason: str, asked: Asked
) -> dict[str, Any]:
    """Adds somebody to the frozen cohort or takes them out; one that is in force already changes nothing."""
    async with acts.in_turn(pool) as connection:
        known = await acts.result_of(connection, asked)
        if known is not None:
            return known
        await _refuse_exception(connection, campaign, young_person_id)
        found = await connection.fetchrow(sql("exception_in_force"), campaign, young_person_id)
        if found is not None and found["op"] == op:
            at = found["recorded_at"]
        else:
            number = await acts.begin(connection, "exception")
            event = CohortExcepted(
                event_id=uuid5(asked.act_id, "excepted"),
                happened_on=await connection.fetchval("SELECT bus.today()"),
                source=COUNCIL,
                young_person_id=young_person_id,
                said=(number, 0),
                campaign=campaign,
                op=op,
            )
            kept = (number, event.event_id, campaign, young_person_id, op, reason)
            await connection.execute(sql("enter_exception"), *kept)
            at = await acts.finish(connection, number, await journal.append(connection, SERVICE, [event]))
        told = {"campaign": campaign, "young_person_id": young_person_id, "op": op, "recorded_at": at.isoformat()}
        return await acts.remember(connection, asked, told)


async def _refuse_exception(connection: Connection, campaign: int, young_person_id: str) -> None:
    if not await connection.fetchval(sql("is_young_person"), young_person_id):
        raise NotKnown("There is no such young person.")
    if await connection.fetchval(sql("frozen_by"), campaign) is None:
        raise CannotBeUsed(f"The cohort of campaign {campaign} is not frozen yet: until then its rows decide.")
