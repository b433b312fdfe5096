"""What holds of one person, on every day, as known at a moment? The evidence goes in, the facets come out."""

from dataclasses import dataclass
from datetime import datetime

from services.status.domain import monthly
from services.status.domain.bars import Bars
from services.status.domain.case import Case, stated
from services.status.domain.cohort import Member, Membership
from services.status.domain.control import Control
from services.status.domain.dimensions import Dimensions, dimensions
from services.status.domain.membership import entries
from services.status.domain.need import Contact, Needed
from services.status.domain.offers import offers
from services.status.domain.outcome import Outcome, enrolled_from, outcomes
from services.status.domain.participation import Activity, Does
from services.status.domain.pieces import OF_A_CAMPAIGN
from services.status.domain.timeline import Timeline
from shared.domain.events import CohortRowStated, Evidence


@dataclass(frozen=True, slots=True)
class CampaignDecision:
    membership: Timeline[Member | None]
    outcome: Timeline[Outcome]
    participation: Timeline[Does]
    need: Timeline[Needed | None]


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that is decided of one person, each facet with breaks of its own."""

    campaigns: dict[int, CampaignDecision]
    monthly: Timeline[Member | None]
    monthly_participation: Timeline[Does]
    dimensions: Timeline[Dimensions]


def decide(case: Case, control: Control, at: datetime | None = None) -> Decision:
    """The decision on a case as known at a moment (None: now), with the control facts that were known then."""
    evidence = [piece for piece in stated(case, at) if isinstance(piece, Evidence)]
    rows = entries((piece for piece in evidence if isinstance(piece, CohortRowStated)), control.frozen())
    activity, bars = Activity.of(evidence, control.rules), Bars.of(evidence)
    campaigns = {}
    for campaign in sorted(campaigns_of(case, at)):
        guidance = control.guidance(campaign)
        place = Membership.of(case, campaign, control, at).place()
        spells, does = activity.spells(guidance.start_tolerance), activity.does(guidance.start_tolerance)
        stand = offers(evidence, campaign, control.rules.guarantee_codes).timeline()
        enrolled = enrolled_from(spells, campaign, guidance)
        result = outcomes(stand, enrolled, place, control.rules, guidance)
        contact = Contact(campaign, guidance, control, place, stand, result, does, spells, bars)
        campaigns[campaign] = CampaignDecision(place.members, result, does, contact.timeline())
    return Decision(campaigns, monthly.monthly(rows, control), activity.of_every_year(), dimensions(rows, control))


def campaigns_of(case: Case, at: datetime | None = None) -> set[int]:
    """Also those whose rows were all taken back: they may still have them in the frozen cohort."""
    return {
        version.piece.words()["campaign"]
        for (_, kind), versions in case.pieces.items()
        for version in (versions if kind in OF_A_CAMPAIGN else ())
        if version.piece is not None and (at is None or version.recorded_at <= at)
    }
