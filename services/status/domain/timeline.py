"""How does a thing that is decided on a day become spans over all days?"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

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

    def changes(self) -> Iterable[tuple[date, T]]:
        """The days on which something else begins to hold, and what."""
        return zip(self.starts[1:], self.values[1:], strict=True)

    def spans(self) -> list[tuple[date | None, date | None, T]]:
        """(from, to, value) with open ends as None; `to` is the day after the last."""
        froms: tuple[date | None, ...] = (None, *self.starts[1:])
        return list(zip(froms, (*self.starts[1:], None), self.values, strict=True))


def always(value: T) -> Timeline[T]:
    return Timeline((BEFORE_ALL,), (value,))


def timeline(breaks: Iterable[date], decide: Callable[[date], T]) -> Timeline[T]:
    """Decides before the first break and on each; equal neighbours are one span."""
    starts, values = [BEFORE_ALL], [decide(BEFORE_ALL)]
    for day in sorted(set(breaks)):
        if day > BEFORE_ALL and (value := decide(day)) != values[-1]:
            starts.append(day)
            values.append(value)
    return Timeline(tuple(starts), tuple(values))


def joined(inputs: Sequence[Timeline[Any]], decide: Callable[..., T], breaks: Iterable[date] = ()) -> Timeline[T]:
    """What follows from several that hold at a time: decided (day, value of each) where one changes and on `breaks`."""
    changes = [(day, place, value) for place, one in enumerate(inputs) for day, value in one.changes()]
    changes += [(day, -1, None) for day in breaks if day > BEFORE_ALL]
    changes.sort(key=_by_day)
    now = [one.values[0] for one in inputs]
    starts, values = [BEFORE_ALL], [decide(BEFORE_ALL, *now)]
    for at, (day, place, value) in enumerate(changes):
        if place >= 0:
            now[place] = value
        last_of_day = at + 1 == len(changes) or changes[at + 1][0] != day
        if last_of_day and (new := decide(day, *now)) != values[-1]:
            starts.append(day)
            values.append(new)
    return Timeline(tuple(starts), tuple(values))


def _by_day(change: tuple[date, int, Any]) -> date:
    return change[0]
