"""What does an activity code stand for, and how long is it current? Dated data, read once, never constants in a rule."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from shared.domain.vocabulary import GuaranteeOutcome, Participation


@dataclass(frozen=True, slots=True)
class ActivityCode:
    """`currency` is the name of the way in which it lapses (currency.py); `months` where that counts months."""

    group: Participation
    currency: str
    months: int = 0


@dataclass(frozen=True, slots=True)
class ActivityCodes:
    by_code: Mapping[int, ActivityCode]

    def group(self, code: int) -> Participation:
        return self.by_code[code].group


@lru_cache(maxsize=1)
def activity_codes() -> ActivityCodes:
    with (files("services.status.tables") / "activity_codes.csv").open(encoding="utf-8") as file:
        return ActivityCodes(
            {
                int(row["code"]): ActivityCode(Participation(row["group"]), row["currency"], int(row["months"] or 0))
                for row in csv.DictReader(file)
            }
        )


@lru_cache(maxsize=1)
def guarantee_codes() -> Mapping[str, GuaranteeOutcome]:
    """The published group of each September Guarantee code; a not-recorded code is no statement."""
    with (files("services.status.tables") / "guarantee_codes.csv").open(encoding="utf-8") as file:
        return {row["code"]: GuaranteeOutcome(row["group"]) for row in csv.DictReader(file)}
