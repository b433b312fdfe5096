"""How does a thing that is decided on a day become spans over all days?"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")
BEFORE_ALL = date(1990, 1, 1)
"""A day before anything that is ever recorded: stands for the time before the first break."""


@dataclass(frozen=True, slots=True)
class Timeline(Generic[T]):
    """What holds from each of `starts` on; the first start stands for all time before the second."""

    starts: tuple[date, ...]
    values: tuple[T, ...]

    def on(self, day: date) -> T:
        return self.values[max(bisect_right(self.starts, day) - 1, 0)]

    def breaks(self) -> tuple[date, ...]:
        return self.starts[1:]

    def spans(self) -> list[tuple[date | None, date | None, T]]:
        """(from, to, value) with open ends as None; `to` is the day after the last."""
        froms: tuple[date | None, ...] = (None, *self.starts[1:])
        return list(zip(froms, (*self.starts[1:], None), self.values, strict=True))


def timeline(breaks: Iterable[date], decide: Callable[[date], T]) -> Timeline[T]:
    """Decides before the first break and on each; equal neighbours are one span."""
    starts, values = [BEFORE_ALL], [decide(BEFORE_ALL)]
    for day in sorted(set(breaks)):
        if day > BEFORE_ALL and (value := decide(day)) != values[-1]:
            starts.append(day)
            values.append(value)
    return Timeline(tuple(starts), tuple(values))
