"""What may status have said of people? Builders in the field's words, and any history at all for property tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st

from shared.domain.decisions import (
    CampaignDecided,
    DimensionsSpan,
    MembershipSpan,
    NeedSpan,
    OutcomeSpan,
    ParticipationSpan,
    PersonDecided,
    Reason,
)
from shared.domain.vocabulary import GuaranteeOutcome, Participation

SPACE = UUID(int=7)
SCHOOL, OTHER_SCHOOL = "8604000", "8604001"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAYS = tuple(date(2026, 5, 1) + timedelta(days=20 * step) for step in range(12))


def reason(row: str, table: str = "guarantee") -> Reason:
    return Reason(table=table, version="2026", row=row, facts="yes,no", because=f"Because of {row}.")


def decided(
    person: str = "1",
    *campaigns: CampaignDecided,
    known_from: datetime = NOON,
    cause: str = "CohortRowStated",
    reasons: Sequence[Reason] = (),
    dimensions: Sequence[DimensionsSpan] | None = None,
) -> PersonDecided:
    return PersonDecided(
        event_id=uuid5(SPACE, f"{person} {known_from} {campaigns} {dimensions}"),
        source="status",
        young_person_id=person,
        recorded_at=known_from,
        known_from=known_from,
        caused_by=uuid5(SPACE, f"{person} {known_from}"),
        cause=cause,
        reasons=tuple(reasons),
        campaigns=campaigns,
        dimensions=None if dimensions is None else tuple(dimensions),
    )


def member(**said: Any) -> MembershipSpan:
    return MembershipSpan.model_validate({"year_group": 11, "establishment": SCHOOL, "live": True} | said)


def enrolled(
    person: str = "1",
    *,
    campaign: int = 2026,
    outcome: str = "OFFER_MADE",
    group: str = "PARTICIPATING",
    known_from: datetime = NOON,
    dimensions: Sequence[DimensionsSpan] = (),
    **membership: Any,
) -> PersonDecided:
    """Somebody of whom everything is decided, the same on every day."""
    return decided(
        person,
        CampaignDecided(
            campaign=campaign,
            membership=(member(**membership),),
            outcome=(OutcomeSpan(outcome=GuaranteeOutcome(outcome), reason=0),),
            participation=(ParticipationSpan(group=Participation(group), reason=1),),
        ),
        reasons=(reason("SG11"), reason("PA10", "participation")),
        known_from=known_from,
        dimensions=dimensions or None,
    )


def _spans(draw: st.DrawFn, make: Any) -> tuple[Any, ...]:
    """Spans side by side, with or without gaps, open or not at either end."""
    cuts = sorted(draw(st.sets(st.sampled_from(DAYS), max_size=3)))
    edges = [None, *cuts, None]
    return tuple(make(from_on=a, to_on=b) for a, b in pairwise(edges) if draw(st.booleans()) or draw(st.booleans()))


@st.composite
def decisions(draw: st.DrawFn, people: Sequence[str] = ("1", "2", "17")) -> list[PersonDecided]:
    """Up to five decisions, of some people, in order of the moments that caused them; moments may repeat."""
    moment, said = NOON, []
    for _ in range(draw(st.integers(1, 5))):
        moment += timedelta(seconds=draw(st.integers(0, 2)))
        said.append(_decision(draw, draw(st.sampled_from(people)), moment))
    return said


def _decision(draw: st.DrawFn, person: str, moment: datetime) -> PersonDecided:
    campaigns = draw(st.sets(st.sampled_from((0, 2025, 2026)), max_size=2))
    dimensions = _spans(draw, lambda **days: DimensionsSpan(sex=draw(st.sampled_from("MF")), **days))
    reasons = (reason("SG10"), reason("SG90"))
    return decided(
        person,
        *(_campaign(draw, campaign) for campaign in sorted(campaigns)),
        known_from=moment,
        reasons=reasons,
        dimensions=dimensions if draw(st.booleans()) else None,
    )


def _campaign(draw: st.DrawFn, campaign: int) -> CampaignDecided:
    why = st.integers(0, 1)
    facets: dict[str, Any] = {
        "membership": lambda **days: member(live=draw(st.booleans()), frozen=draw(st.booleans()),
                                            frozen_establishment=SCHOOL, **days),
        "participation": lambda **days: ParticipationSpan(group=draw(st.sampled_from(Participation)),
                                                          reason=draw(why), **days),
    }  # fmt: skip
    if campaign:
        facets["outcome"] = lambda **days: OutcomeSpan(
            outcome=draw(st.sampled_from(GuaranteeOutcome)), reason=draw(why), **days
        )
        facets["need"] = lambda **days: NeedSpan(row=draw(st.sampled_from(("OR10", "OR21"))), reason=draw(why), **days)
    given = {name: _spans(draw, make) for name, make in facets.items() if draw(st.booleans())}
    return CampaignDecided(campaign=campaign, **given)
