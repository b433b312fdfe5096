"""What of a person's cohort rows is in sight on a day? Worked out once for each number of rows that can be."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, overload

from shared.domain.events import CohortRowStated, Said

T = TypeVar("T")
Order = tuple[date, Said]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cohort row and the day from which it is in sight."""

    row: CohortRowStated
    seen_on: date

    @property
    def on_roll(self) -> bool:
        return self.row.leaving is None and self.row.left_on is None

    @property
    def order(self) -> Order:
        return self.seen_on, self.row.said


@dataclass(frozen=True, slots=True)
class Sightings(Sequence[Entry]):
    """Entries in order: those in sight on a day are the first so many, and what follows from them is kept."""

    entries: tuple[Entry, ...]
    days: tuple[date, ...]
    known: dict[tuple[object, int], Any] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Sightings":
        found = tuple(sorted(entries, key=lambda entry: entry.order))
        return cls(found, tuple(entry.seen_on for entry in found))

    def on(self, day: date, tell: Callable[[Sequence[Entry]], T]) -> T:
        """What `tell`, a function of its own name, says of the entries in sight on a day."""
        many = bisect_right(self.days, day)
        if (tell, many) not in self.known:
            self.known[tell, many] = tell(self.entries[:many])
        found: T = self.known[tell, many]
        return found

    def once(self, tell: Callable[[Sequence[Entry]], T]) -> T:
        """What `tell` says of all entries."""
        return self.on(date.max, tell)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        return self.entries[at]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)
