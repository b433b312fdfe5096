"""Which control facts were in force at a moment? Every version is kept with the moment from which it was known."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from services.status.domain.control import Control, Freeze, ProviderFact, ReturnKey
from services.status.domain.rules import Rules

Versions = Sequence[tuple[datetime, ReturnKey, date | None]]
"""In the order in which they became known."""


@dataclass(frozen=True, slots=True)
class History:
    """What has ever been expected and returned, and which cohorts are frozen since when."""

    rules: Rules
    authorities: frozenset[str]
    expected: Versions = ()
    returned: Versions = ()
    freezes: Sequence[tuple[int, Freeze]] = ()
    known: dict[datetime, Control] = field(default_factory=dict)

    def at(self, moment: datetime) -> Control:
        """The facts known by a moment; a later one is never seen, in whatever order partitions hear of it."""
        if moment not in self.known:
            self.known[moment] = self._control(moment)
        return self.known[moment]

    def _control(self, moment: datetime) -> Control:
        due = {key: day for known_from, key, day in self.expected if known_from <= moment}
        returned = {key: day for known_from, key, day in self.returned if known_from <= moment}
        return Control(
            authorities=self.authorities,
            rules=self.rules,
            providers={key: ProviderFact(due[key], returned.get(key)) for key in due},
            freezes={campaign: freeze for campaign, freeze in self.freezes if freeze.recorded_at <= moment},
        )
