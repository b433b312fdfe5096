"""What was worked out lately, and need not be worked out again?"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

V = TypeVar("V")
MOST: Final = 4000


@dataclass(slots=True)
class Memory(Generic[V]):
    """At least `most` of the latest that were asked for are kept, at most twice as many."""

    most: int = MOST
    lately: dict[Hashable, V] = field(default_factory=dict)
    before: dict[Hashable, V] = field(default_factory=dict)

    def get(self, shape: Hashable, work_out: Callable[[], V]) -> V:
        """What belongs to a shape, worked out where it is not known; never None."""
        if (found := self.lately.get(shape)) is None:
            found = self.before.get(shape)
            if found is None:
                found = work_out()
            self.lately[shape] = found
            if len(self.lately) >= self.most:
                self.before, self.lately = self.lately, {}
        return found
