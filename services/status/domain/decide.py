"""What holds of one person, on every day, as known at a moment? The evidence goes in, the facets come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.status.domain import monthly, need, outcome, participation
from services.status.domain.bars import Bars
from services.status.domain.case import Case, Piece, standing
from services.status.domain.cohort import Member, Membership
from services.status.domain.control import Control
from services.status.domain.dimensions import Dimensions, dimensions
from services.status.domain.membership import entries
from services.status.domain.need import Needed
from services.status.domain.outcome import Outcome
from services.status.domain.participation import Does
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
    monthly_participation: Timeline[Does]
    dimensions: Timeline[Dimensions]


def decide(case: Case, control: Control, at: datetime | None = None) -> Decision:
    """The decision on a case as known at a moment (None: now), with the control facts that were known then."""
    pieces = standing(case, at)
    rows = entries((piece for piece in pieces if isinstance(piece, CohortRowStated)), control.frozen())
    activity = participation.Activity.of([piece for piece in pieces if isinstance(piece, Evidence)], control.rules)
    seen = Seen(case, pieces, activity, control, at)
    return Decision(
        {campaign: _campaign(campaign, seen) for campaign in sorted(campaigns_of(case, at))},
        monthly.monthly(rows, control),
        activity.of_every_year(),
        dimensions(rows, control),
    )


def campaigns_of(case: Case, at: datetime | None = None) -> set[int]:
    """Also those whose rows were all taken back: they may still have them in the frozen cohort."""
    return {
        version.piece.campaign
        for versions in case.pieces.values()
        for version in versions
        if isinstance(version.piece, CohortRowStated | CohortExcepted) and (at is None or version.recorded_at <= at)
    }


@dataclass(frozen=True, slots=True)
class Seen:
    """What a decision sees of one person at its moment."""

    case: Case
    pieces: Sequence[Piece]
    activity: participation.Activity
    control: Control
    at: datetime | None


def _campaign(campaign: int, seen: Seen) -> CampaignDecision:
    evidence = [piece for piece in seen.pieces if isinstance(piece, Evidence)]
    control = seen.control
    guidance = control.guidance(campaign)
    all_spells, does = seen.activity.spells(guidance.start_tolerance), seen.activity.does(guidance.start_tolerance)
    member = Membership.of(seen.case, campaign, control, seen.at)
    members = member.timeline()
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
