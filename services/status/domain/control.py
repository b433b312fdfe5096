"""Which facts about providers, cohorts and guidance were in force when a case is decided? (design.md D4)"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.status.domain.rules import Rules
from shared.domain.guidance import Guidance

ReturnKey = tuple[str, str, int]
"""(provider, feed, campaign)"""


@dataclass(frozen=True, slots=True)
class ProviderFact:
    """What is expected of a provider, and the day of its earliest standing return."""

    due_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Freeze:
    """When a cohort was frozen, and the number of that act."""

    number: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Control:
    """All that a decision sees beside the evidence, as known at its moment."""

    authorities: frozenset[str]
    rules: Rules
    providers: Mapping[ReturnKey, ProviderFact] = field(default_factory=dict)
    freezes: Mapping[int, Freeze] = field(default_factory=dict)

    def frozen(self) -> dict[int, int]:
        """The number of each campaign's freeze: what was said under a lower one came before it."""
        return {campaign: freeze.number for campaign, freeze in self.freezes.items()}

    def guidance(self, campaign: int) -> Guidance:
        return self.rules.guidance(campaign)
