"""By which dimensions is somebody counted, and what does priority see of them, on every day? (rulebook 6.2, 7.1)"""

from dataclasses import dataclass
from datetime import date

from services.status.domain.control import Control
from services.status.domain.people import details, home, home_breaks
from services.status.domain.sightings import Sightings
from services.status.domain.timeline import Timeline, timeline

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Dimensions:
    district: str = UNKNOWN
    sex: str = UNKNOWN
    ethnicity: str = UNKNOWN
    send: str = UNKNOWN
    vulnerable: str = UNKNOWN
    characteristics: tuple[str, ...] = ()
    roni_band: str | None = None
    level_of_need: str | None = None


def dimensions(seen: Sightings, control: Control) -> Timeline[Dimensions]:
    return timeline(
        {entry.seen_on for entry in seen} | home_breaks(seen), lambda day: dimensions_on(seen, control, day)
    )


def dimensions_on(seen: Sightings, control: Control, day: date) -> Dimensions:
    row = details(seen, day)
    if row is None:
        return Dimensions()
    return Dimensions(
        district=home(seen, day, control.authorities).district or UNKNOWN,
        sex=row.sex,
        ethnicity=control.rules.ethnicity.get(row.ethnicity or "", UNKNOWN),
        send=row.sen or UNKNOWN,
        vulnerable="yes" if control.rules.vulnerable & set(row.characteristics) else "no",
        characteristics=row.characteristics,
        roni_band=row.roni_band,
        level_of_need=row.level_of_need,
    )
