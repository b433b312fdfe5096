"""What does ingest do with what it hears?"""

from collections.abc import Sequence
from uuid import uuid5

from services.ingest.acts import sql
from shared.domain.events import ContactAttempted, ContactOutcomeStated, Event
from shared.plumbing.database import Connection


async def attempted(connection: Connection, events: Sequence[Event]) -> Sequence[Event]:
    """What came of an attempt to reach somebody is evidence too."""
    heard = [event for event in events if isinstance(event, ContactAttempted)]
    today = await connection.fetchval("SELECT bus.today()")
    numbers = await connection.fetch(sql("next_numbers"), len(heard))
    return [
        ContactOutcomeStated(
            event_id=uuid5(event.event_id, "outcome"),
            happened_on=event.happened_on,
            source=event.source,
            young_person_id=event.young_person_id,
            said=(number["nextval"], 0),
            sent_on=today,
            outcome=event.outcome,
            bars=event.bars,
            rests_until=event.rests_until,
        )
        for event, number in zip(heard, numbers, strict=True)
    ]
