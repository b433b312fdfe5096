"""What is true of a played county's people as at a day, as known at a moment? In the shape of `people list`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from services.status.domain.cohort import Member
from services.status.domain.decide import CampaignDecision, Decision, decide
from services.status.domain.dimensions import Dimensions
from tests.county.played import Played


@dataclass(frozen=True, slots=True)
class Seen:
    """One person as at a day: in the campaign, in the monthly cohort, and by the dimensions of figures."""

    member: Member | None
    monthly: Member | None
    outcome: str
    does: str
    does_monthly: str
    dimensions: Dimensions


@lru_cache(maxsize=1024)
def decisions(county: Played, known_at: datetime) -> dict[str, Decision]:
    control = county.control(known_at)
    return {who: decide(case, control, known_at) for who, case in county.cases.items()}


def people(county: Played, campaign: int, as_at: date, known_at: datetime) -> dict[str, dict[str, Any]]:
    """Everyone frozen or ever live up to the day, by UPN."""
    names, found = county.identified(known_at), {}
    for who, decision in decisions(county, known_at).items():
        decided = decision.campaigns.get(campaign)
        if decided is not None and _listed(decided, as_at):
            upn, uln = names[who]
            assert upn not in found
            found[upn] = _person(decided, as_at) | {"uln": uln}
    return found


def _listed(decided: CampaignDecision, as_at: date) -> bool:
    if (member := decided.membership.on(as_at)) is not None and member.frozen:
        return True
    spans = decided.membership.spans()
    return any(m is not None and m.live and (from_on is None or from_on <= as_at) for from_on, _, m in spans)


def _person(decided: CampaignDecision, as_at: date) -> dict[str, Any]:
    member, outcome = decided.membership.on(as_at), decided.outcome.on(as_at)
    does, need = decided.participation.on(as_at), decided.need.on(as_at)
    assert member is not None
    assert outcome.why.row.because and does.why.row.because
    return {
        "year_group": member.year_group,
        "establishment": member.establishment,
        "frozen": member.frozen,
        "live": member.live,
        "outcome": outcome.outcome.value,
        "row": outcome.row,
        "group": does.group.value,
        "activity_code": does.activity_code,
        "confirmed": does.confirmed,
        "lapses_on": does.lapses_on.isoformat() if does.lapses_on else None,
        "need": need.row if need else None,
    }


def seen(county: Played, campaign: int, as_at: date, known_at: datetime, *, outcome_on: date) -> Iterator[Seen]:
    """Everyone for the figures of a day; the closing figure takes an enrolment that counts on `outcome_on`."""
    for decision in decisions(county, known_at).values():
        decided = decision.campaigns.get(campaign)
        later = decided is not None and decided.outcome.on(outcome_on).row == "SG10"
        outcome = decided.outcome.on(outcome_on if later else as_at).outcome.value if decided else ""
        yield Seen(
            member=decided.membership.on(as_at) if decided else None,
            monthly=decision.monthly.on(as_at),
            outcome=outcome,
            does=decided.participation.on(as_at).group.value if decided else "",
            does_monthly=decision.monthly_participation.on(as_at).group.value,
            dimensions=decision.dimensions.on(as_at),
        )
