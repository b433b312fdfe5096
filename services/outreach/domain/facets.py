"""What do we hold of one person? What bears on contact, as it was last said, and as it is after another decision."""

from shared.domain.decisions import CampaignDecided, DimensionsSpan, MembershipSpan, PersonDecided, Span
from shared.domain.events import Frozen


class NeedHeld(Span):
    """A need of contact with its sentence."""

    row: str
    because: str


class CampaignHeld(Frozen):
    campaign: int
    membership: tuple[MembershipSpan, ...] = ()
    need: tuple[NeedHeld, ...] = ()


class Facets(Frozen):
    campaigns: tuple[CampaignHeld, ...] = ()
    dimensions: tuple[DimensionsSpan, ...] = ()


def with_said(held: Facets, event: PersonDecided) -> Facets:
    """The facets after a decision; a facet that it does not give stands."""
    campaigns = {campaign.campaign: campaign for campaign in held.campaigns}
    for said in event.campaigns:
        before = campaigns.get(said.campaign, CampaignHeld(campaign=said.campaign))
        campaigns[said.campaign] = _replacing(before, said, event)
    dimensions = held.dimensions if event.dimensions is None else tuple(map(_bearing, event.dimensions))
    kept = (campaigns[number] for number in sorted(campaigns))
    return Facets(campaigns=tuple(c for c in kept if c.membership or c.need), dimensions=dimensions)


def _replacing(before: CampaignHeld, said: CampaignDecided, event: PersonDecided) -> CampaignHeld:
    need = before.need
    if said.need is not None:
        need = tuple(
            NeedHeld(from_on=n.from_on, to_on=n.to_on, row=n.row, because=event.reasons[n.reason].because)
            for n in said.need
        )
    membership = before.membership if said.membership is None else said.membership
    return CampaignHeld(campaign=said.campaign, membership=membership, need=need)


def _bearing(span: DimensionsSpan) -> DimensionsSpan:
    """Without what may never bear on who is contacted first, nor be held for it."""
    nothing = DimensionsSpan()
    never = ("sex", "ethnicity", "district", "vulnerable", "level_of_need")
    return span.model_copy(update={name: getattr(nothing, name) for name in never})
