"""By which dimensions is somebody counted, and what does priority see of them, on every day? (rulebook 6.2, 7.1)"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from services.status.domain.membership import entries
from services.status.domain.people import details, home, home_breaks
from services.status.domain.timeline import Timeline, timeline
from shared.domain.events import CohortRowStated

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Dimensions:
    district: str = UNKNOWN
    sex: str = "U"
    ethnicity: str = UNKNOWN
    send: str = UNKNOWN
    vulnerable: str = UNKNOWN
    characteristics: tuple[str, ...] = ()
    roni_band: str | None = None
    level_of_need: str | None = None


@lru_cache(maxsize=1)
def ethnicity_groups() -> Mapping[str, str]:
    with (files("services.status.tables") / "ethnicity_groups.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["group"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def vulnerable_characteristics() -> frozenset[str]:
    """DfE's vulnerable group (domain.md 1.8)."""
    with (files("services.status.tables") / "vulnerable_characteristics.csv").open(encoding="utf-8") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def dimensions(rows: Sequence[CohortRowStated], authorities: frozenset[str]) -> Timeline[Dimensions]:
    seen = entries(rows, None, None)

    def on(day: date) -> Dimensions:
        row = details(seen, day)
        if row is None:
            return Dimensions()
        return Dimensions(
            district=home(seen, day, authorities).district or UNKNOWN,
            sex=row.sex,
            ethnicity=ethnicity_groups().get(row.ethnicity or "", UNKNOWN),
            send=row.sen or UNKNOWN,
            vulnerable="yes" if vulnerable_characteristics() & set(row.characteristics) else "no",
            characteristics=row.characteristics,
            roni_band=row.roni_band,
            level_of_need=row.level_of_need,
        )

    return timeline({entry.seen_on for entry in seen} | home_breaks(seen), on)
