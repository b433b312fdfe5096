"""Is what outreach says of an attempt recorded as evidence?"""

from datetime import date
from uuid import uuid4

from services.ingest.acts import SERVICE
from services.ingest.handlers import attempted
from shared.domain.events import ContactAttempted, ContactOutcomeStated
from shared.plumbing.database import transaction
from tests.ingest_service.files import SCHOOL, UPNS, cohort
from tests.ingest_service.office import Office


async def test_an_attempt_is_evidence_said_after_all_that_was_accepted(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(f"{UPNS[0]},,Aldric,Ann,2010-01-01,"))
    (ann,) = await office.find(upn=UPNS[0])
    heard = [
        ContactAttempted(
            event_id=uuid4(), happened_on=date(2026, 4, 30), source="outreach", young_person_id=ann,
            outcome=outcome, bars=True, rests_until=date(2026, 6, 1),
        )
        for outcome in ("refused", "no answer")
    ]  # fmt: skip
    async with transaction(office.desk.pool, SERVICE) as connection:
        said = await attempted(connection, heard)
    first, second = said
    assert isinstance(first, ContactOutcomeStated)
    assert isinstance(second, ContactOutcomeStated)
    assert (first.outcome, first.bars, first.rests_until) == ("refused", True, date(2026, 6, 1))
    assert (first.happened_on, first.sent_on, first.young_person_id) == (date(2026, 4, 30), date(2026, 5, 1), ann)
    (row,) = await office.standing(ann)
    assert tuple(row["said"]) < first.said < second.said
