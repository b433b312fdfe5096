"""Which control facts were in force at a moment? Every version is kept with the moment from which it was known."""

from bisect import bisect_right
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
    known: dict[tuple[int, ...], Control] = field(default_factory=dict)
    """By how many versions were known: moments between two of them see the same facts."""
    lately: dict[datetime, Control] = field(default_factory=dict)
    """The moment asked for last: what one file says has one moment."""

    def at(self, moment: datetime) -> Control:
        """The facts known by a moment; a later one is never seen, in whatever order partitions hear of it."""
        if (found := self.lately.get(moment)) is None:
            self.lately.clear()
            self.lately[moment] = found = self._at(moment)
        return found

    def _at(self, moment: datetime) -> Control:
        due, back = _known_by(self.expected, moment), _known_by(self.returned, moment)
        frozen = [(campaign, freeze) for campaign, freeze in self.freezes if freeze.recorded_at <= moment]
        if (many := (due, back, len(frozen))) not in self.known:
            self.known[many] = self._control(self.expected[:due], self.returned[:back], frozen)
        return self.known[many]

    def _control(self, expected: Versions, returned: Versions, frozen: Sequence[tuple[int, Freeze]]) -> Control:
        due = {key: day for _, key, day in expected}
        back = {key: day for _, key, day in returned}
        return Control(
            authorities=self.authorities,
            rules=self.rules,
            providers={key: ProviderFact(due[key], back.get(key)) for key in due},
            freezes=dict(frozen),
        )


def _known_by(versions: Versions, moment: datetime) -> int:
    return bisect_right(versions, moment, key=lambda version: version[0])
