"""Who is still without a story of their own? So that every mishap happens, and to different people."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Pool(Generic[Item]):
    """Everyone in a random order; taking a share takes at least one, where anybody fits."""

    def __init__(self, everyone: Sequence[Item], random: Random) -> None:
        self._waiting = list(everyone)
        self._total = len(everyone)
        random.shuffle(self._waiting)

    def take(self, share: float, fits: Callable[[Item], bool] = lambda item: True) -> list[Item]:
        """This share of all, at least one, from those who are still waiting and fit."""
        wanted = max(1, round(share * self._total))
        taken: list[Item] = []
        passed_over: list[Item] = []
        while self._waiting and len(taken) < wanted:
            item = self._waiting.pop()
            (taken if fits(item) else passed_over).append(item)
        self._waiting += reversed(passed_over)
        return taken
