"""What do we hold of one person? Each facet as it was last said, and what becomes of it with the next decision."""

from collections.abc import Sequence

from shared.domain.decisions import CampaignDecided, DimensionsSpan, PersonDecided
from shared.domain.events import Frozen


class Facets(Frozen):
    """As in the decision, but a `reason` is the number under which we keep it."""

    campaigns: tuple[CampaignDecided, ...] = ()
    dimensions: tuple[DimensionsSpan, ...] = ()

    def of(self, campaign: int) -> CampaignDecided:
        return next((held for held in self.campaigns if held.campaign == campaign), CampaignDecided(campaign=campaign))


def with_said(held: Facets, event: PersonDecided, reasons: Sequence[int]) -> Facets:
    """The facets after a decision; `reasons` are our numbers of the event's, in its order."""
    said = {campaign.campaign: _replacing(held, campaign, reasons) for campaign in event.campaigns}
    campaigns = {campaign.campaign: campaign for campaign in held.campaigns} | said
    dimensions = held.dimensions if event.dimensions is None else tuple(map(_countable, event.dimensions))
    return Facets(campaigns=tuple(campaigns[number] for number in sorted(campaigns)), dimensions=dimensions)


def touched(held: Facets, event: PersonDecided) -> set[int]:
    """The campaigns whose spans may differ after the decision; `held` are the facets with it."""
    if event.dimensions is not None:
        return {campaign.campaign for campaign in held.campaigns}
    return {campaign.campaign for campaign in event.campaigns}


def _replacing(held: Facets, said: CampaignDecided, reasons: Sequence[int]) -> CampaignDecided:
    given = {name: getattr(said, name) for name in said.model_fields_set - {"campaign"}}
    facets = {name: spans for name, spans in given.items() if spans is not None}
    for name in facets.keys() - {"membership"}:
        facets[name] = tuple(span.model_copy(update={"reason": reasons[span.reason]}) for span in facets[name])
    return held.of(said.campaign).model_copy(update=facets)


def _countable(span: DimensionsSpan) -> DimensionsSpan:
    """Without what only priority looks at."""
    return span.model_copy(update={"characteristics": (), "roni_band": None, "level_of_need": None})
