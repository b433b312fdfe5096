"""By what is decided: the tables, code lists and guidance of one version of the rules."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from services.status.domain.currency import Currency, currency_of
from services.status.domain.facts import Answer, Autumn, Doing, Speaks
from services.status.domain.offers import Latest
from shared.domain.decision_table import DecisionTable, Fact, load
from shared.domain.guidance import Guidance, Value, guidance
from shared.domain.vocabulary import GuaranteeOutcome, Participation

TABLES = ("guarantee", "participation", "need_summer", "need_autumn")
CODE_LISTS = ("activity_codes", "guarantee_codes", "characteristics", "ethnicity", "guidance")
FIRST_VERSION = "2026.1"
VOCABULARY: Mapping[str, type[Fact]] = {
    "enrolled": bool,
    "accepted": bool,
    "made": bool,
    "continuing": bool,
    "declined_counts": bool,
    "latest": Latest,
    "speaks": Speaks,
    "group": Participation,
    "confirmed": bool,
    "live": bool,
    "answer": Answer,
    "barred": bool,
    "shielded": bool,
    "doing": Doing,
    "last": Autumn,
    "contact_eet": bool,
}
"""The type of every fact that a table may have as a column."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What an activity code stands for, and the way in which it stays current."""

    group: Participation
    currency: Currency


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of everything that a council may correct."""

    guarantee: DecisionTable
    participation: DecisionTable
    need_summer: DecisionTable
    need_autumn: DecisionTable
    activities: Mapping[int, Activity]
    guarantee_codes: Mapping[str, GuaranteeOutcome]
    ethnicity: Mapping[str, str]
    vulnerable: frozenset[str]
    values: tuple[Value, ...]
    mark: str = ""
    """Another where any table or code list says anything else."""

    def guidance(self, campaign: int) -> Guidance:
        return guidance(self.values, campaign)


def compiled(tables: Mapping[str, str], code_lists: Mapping[str, str]) -> Rules:
    """The rules that these CSV texts are; raises TableRefused for a table that does not hold."""
    decide = {name: load(name, FIRST_VERSION, text.splitlines(), VOCABULARY) for name, text in tables.items()}
    lists = {name: list(csv.DictReader(text.splitlines())) for name, text in code_lists.items()}
    return Rules(
        guarantee=decide["guarantee"],
        participation=decide["participation"],
        need_summer=decide["need_summer"],
        need_autumn=decide["need_autumn"],
        activities={int(row["code"]): _activity(row) for row in lists["activity_codes"]},
        guarantee_codes={row["code"]: GuaranteeOutcome(row["group"]) for row in lists["guarantee_codes"]},
        ethnicity={row["code"]: row["group"] for row in lists["ethnicity"]},
        vulnerable=frozenset(row["code"] for row in lists["characteristics"] if row["vulnerable"] == "yes"),
        values=tuple((row["guidance"], row["campaign"], row["value"]) for row in lists["guidance"]),
        mark=blake2b(repr((sorted(tables.items()), sorted(code_lists.items()))).encode(), digest_size=9).hexdigest(),
    )


def _activity(row: Mapping[str, str]) -> Activity:
    return Activity(Participation(row["group"]), currency_of(row["lapses"]))
