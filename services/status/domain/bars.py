"""Has somebody asked not to be contacted, or refused and still rests, on a day? (rulebook 6.1, OR03)"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from services.status.domain.order import place
from services.status.domain.timeline import Timeline, timeline
from shared.domain.events import ContactOutcomeStated, Evidence


class Bar(NamedTuple):
    """What one attempt came to: whether it bars another from that day on, and until which day (None: for good)."""

    from_on: date
    bars: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class Bars:
    """What came of contact attempts, in order; the last by a day decides."""

    bars: Sequence[Bar]

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> "Bars":
        outcomes = sorted((p for p in evidence if isinstance(p, ContactOutcomeStated)), key=place)
        return cls([Bar(place(one)[0], one.bars, one.rests_until) for one in outcomes])

    def on(self, day: date) -> bool:
        last = next((bar for bar in reversed(self.bars) if bar.from_on <= day), None)
        return last is not None and last.bars and (last.until is None or day < last.until)

    def timeline(self) -> Timeline[bool]:
        return timeline({bar.from_on for bar in self.bars} | {bar.until for bar in self.bars if bar.until}, self.on)
