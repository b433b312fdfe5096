"""Is anything being said at all, so that a broker that answers late need be asked often?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from shared.plumbing import clock

AT_REST_AFTER: Final = 3.0
WAITS_AT_REST_MS: Final = 240
WAITS_AWAKE_MS: Final = 80
"""The embedded broker answers half of this after it was asked, whether or not something came meanwhile."""


def _nobody(_: int) -> None:
    """While nobody asks the bus."""


@dataclass(slots=True)
class Awake:
    """How long a reader waits for an answer of the bus; `tell` is told whenever that changes."""

    heard_at: float = 0.0
    wait_ms: int = WAITS_AT_REST_MS
    tell: Callable[[int], None] = _nobody

    def hear(self, *_: object) -> None:
        """Somebody said something, which may lead to something for us."""
        self.heard_at = clock.monotonic()
        self._wait(WAITS_AWAKE_MS)

    def rest_in_time(self) -> None:
        """To be called now and then."""
        if clock.monotonic() - self.heard_at >= AT_REST_AFTER:
            self._wait(WAITS_AT_REST_MS)

    def _wait(self, wait_ms: int) -> None:
        if wait_ms != self.wait_ms:
            self.wait_ms = wait_ms
            self.tell(wait_ms)
