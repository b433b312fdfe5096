"""Has somebody asked not to be contacted, or refused and still rests, on a day? (rulebook 6.1, OR03)"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.status.domain.order import place
from shared.domain.events import ContactOutcomeStated, Evidence


@dataclass(frozen=True, slots=True)
class Bars:
    """What came of contact attempts, in order; the last by a day decides."""

    outcomes: Sequence[ContactOutcomeStated]

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> "Bars":
        return cls(sorted((p for p in evidence if isinstance(p, ContactOutcomeStated)), key=place))

    def on(self, day: date) -> bool:
        last = next((o for o in reversed(self.outcomes) if place(o)[0] <= day), None)
        return last is not None and last.bars and (last.rests_until is None or day < last.rests_until)

    def breaks(self) -> set[date]:
        return {place(o)[0] for o in self.outcomes} | {o.rests_until for o in self.outcomes if o.rests_until}
