"""Where does a postcode lie, and from when to when? (rulebook 1.2, 2.1)"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.ingest.domain.rows import PostcodeRow
from shared.domain.events import Residence


@dataclass(slots=True)
class Postcodes:
    """The dated directory: a row replaces the one of the same postcode and first day."""

    by_postcode: dict[str, dict[object, Residence]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, rows: Iterable[PostcodeRow]) -> "Postcodes":
        directory = cls()
        for row in rows:
            directory.add(row)
        return directory

    def add(self, row: PostcodeRow) -> None:
        place = Residence(from_on=row.from_on, to_on=row.to_on, district=row.district, authority=row.authority)
        self.by_postcode[row.postcode][row.from_on] = place

    def residence(self, postcode: str | None) -> tuple[Residence, ...]:
        """Where it lies over time; nothing where the directory lacks it, and the sender is believed."""
        places = self.by_postcode.get(postcode or "", {})
        return tuple(sorted(places.values(), key=lambda place: str(place.from_on or "")))
