"""How do one person's facets and spans follow from the decisions about them, in order?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.reporting.domain.facets import CampaignHeld, Facets, touched, with_said
from services.reporting.domain.history import Cause, History
from services.reporting.domain.spans import Flat, Standing, flat, standings
from shared.domain.decisions import PersonDecided, Reason

F = TypeVar("F", bound=Flat | Standing)


@dataclass(slots=True)
class Person:
    """One person: the facets as last said, what they mean by day, and in which cohorts that puts them."""

    facets: Facets
    flats: History[Flat]
    standings: History[Standing]

    def hears(self, decisions: Sequence[PersonDecided], reasons: Mapping[Reason, int]) -> None:
        """Applies decisions in order."""
        for event in decisions:
            numbers = [reasons[reason] for reason in event.reasons]
            self.facets = with_said(self.facets, event, numbers)
            cause = Cause(event.known_from, event.caused_by, event.cause)
            campaigns = touched(self.facets, event)
            self._follow(self.flats, self._flat, campaigns, cause)
            moved = {said.campaign for said in event.campaigns if said.membership is not None}
            self._follow(self.standings, standings, moved, cause)

    def _flat(self, held: CampaignHeld) -> list[Flat]:
        return flat(held, self.facets.dimensions)

    def _follow(
        self, history: History[F], meaning: Callable[[CampaignHeld], Iterable[F]], campaigns: set[int], cause: Cause
    ) -> None:
        if campaigns:
            others = [span for span in history.now if span.campaign not in campaigns]
            new = [span for campaign in sorted(campaigns) for span in meaning(self.facets.of(campaign))]
            history.becomes([*others, *new], cause)
