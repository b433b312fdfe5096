"""What does the outcome of a contact attempt lead to: how long do they rest, and may they be contacted again?"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which an attempt can end; `rest_days` is null where contact is barred for good."""

    code: str
    label: str
    rest_days: int | None
    bars: bool

    def rests_until(self, day: date) -> date | None:
        """The first day on which contact may be made again after an attempt on `day`; None is never."""
        return None if self.rest_days is None else day + timedelta(days=self.rest_days)


def outcomes(table: str) -> dict[str, Outcome]:
    """Outcomes by code, from a table `code,label,rest_days,bars`."""
    return {
        row["code"]: Outcome(row["code"], row["label"], int(row["rest_days"]) if row["rest_days"] else None,
                             row["bars"] == "yes")
        for row in csv.DictReader(table.splitlines())
    }  # fmt: skip
