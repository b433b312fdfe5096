"""What may outreach hear? Builders in the field's words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from services.outreach.__main__ import HEARS
from shared.domain.decisions import (
    CampaignDecided,
    DimensionsSpan,
    MembershipSpan,
    NeedSpan,
    PersonDecided,
    Reason,
)
from shared.domain.events import Event, PersonDetailsStated, PersonDetailsWithdrawn
from shared.domain.topics import parse, said_as

SPACE = UUID(int=9)
SCHOOL = "8604000"
NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)


def needing(
    person: str,
    *needs: tuple[str, date | None, date | None],
    campaign: int = 2026,
    hours: int = 0,
    establishment: str = SCHOOL,
    dimensions: DimensionsSpan | None = None,
) -> PersonDecided:
    """Somebody of whom exactly these needs are decided: (row, from, to)."""
    moment = NOON + timedelta(hours=hours)
    rows = sorted({row for row, _, _ in needs})
    said = CampaignDecided(
        campaign=campaign,
        membership=(MembershipSpan(year_group=11, establishment=establishment, live=True),),
        need=tuple(NeedSpan(row=row, from_on=a, to_on=b, reason=rows.index(row)) for row, a, b in needs),
    )
    return PersonDecided(
        event_id=uuid5(SPACE, f"{person} {needs} {campaign} {hours}"),
        source="status",
        young_person_id=person,
        recorded_at=moment,
        known_from=moment,
        caused_by=uuid5(SPACE, person),
        cause="OfferStated",
        reasons=tuple(Reason(table="need", version="1", row=r, facts="", because=f"Because of {r}.") for r in rows),
        campaigns=(said,),
        dimensions=None if dimensions is None else (dimensions,),
    )


def details(person: str, *, number: int = 1, **said: Any) -> PersonDetailsStated:
    event_id = uuid5(SPACE, f"{person} {number} {said}")
    return PersonDetailsStated(event_id=event_id, source=SCHOOL, young_person_id=person, said=(number, 1), **said)


def details_withdrawn(person: str, *, number: int = 1) -> PersonDetailsWithdrawn:
    event_id = uuid5(SPACE, f"{person} {number} withdrawn")
    return PersonDetailsWithdrawn(event_id=event_id, source=SCHOOL, young_person_id=person, said=((number, 1),))


def as_heard(event: Event) -> Event:
    """As outreach makes it out when it has travelled."""
    (model,) = (model for model in HEARS if said_as(model) == said_as(type(event)))
    return parse(event.model_dump(mode="json"), model)
