"""What holds of one person, on every day, as known at a moment? The evidence goes in, the facets come out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.status.domain import monthly, need, outcome, participation
from services.status.domain.bars import Bars
from services.status.domain.case import Case, standing
from services.status.domain.cohort import Member, Membership
from services.status.domain.control import Control
from services.status.domain.dimensions import Dimensions, dimensions
from services.status.domain.need import Needed
from services.status.domain.outcome import Outcome
from services.status.domain.participation import Does
from services.status.domain.spells import spells
from services.status.domain.timeline import Timeline
from shared.domain.events import CohortExcepted, CohortRowStated, Evidence


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
    dimensions: Timeline[Dimensions]


def decide(case: Case, control: Control, at: datetime | None = None) -> Decision:
    """The decision on a case as known at a moment (None: now), with the control facts that were known then."""
    pieces = standing(case, at)
    rows = [piece for piece in pieces if isinstance(piece, CohortRowStated)]
    campaigns = {row.campaign for row in rows} | _ever_of(case, at)
    return Decision(
        {campaign: _campaign(campaign, case, pieces, control, at) for campaign in sorted(campaigns)},
        monthly.monthly(rows, control),
        dimensions(rows, control),
    )


def _ever_of(case: Case, at: datetime | None) -> set[int]:
    """Campaigns whose rows were all taken back may still have them in the frozen cohort."""
    return {
        version.piece.campaign
        for versions in case.pieces.values()
        for version in versions
        if isinstance(version.piece, CohortRowStated | CohortExcepted) and (at is None or version.recorded_at <= at)
    }


def _campaign(
    campaign: int, case: Case, pieces: Iterable[object], control: Control, at: datetime | None
) -> CampaignDecision:
    evidence = [piece for piece in pieces if isinstance(piece, Evidence)]
    guidance = control.guidance(campaign)
    all_spells = spells(evidence, guidance.start_tolerance, control.rules.activities)
    member = Membership.of(case, campaign, control, at)
    members = member.timeline()
    does = participation.participation(all_spells, control.rules.participation)
    said = outcome.Saying.of(evidence, campaign, all_spells, member, control.rules)
    outcomes = said.timeline(members)
    contact = need.Contact(
        campaign=campaign,
        guidance=guidance,
        control=control,
        members=members,
        membership=member,
        outcomes=outcomes,
        saying=said,
        does=does,
        spells=all_spells,
        bars=Bars.of(evidence),
    )
    return CampaignDecision(members, outcomes, does, contact.timeline())
