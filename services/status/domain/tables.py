"""Which tables decide? The four of this service, loaded from CSV once and checked to be total."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from services.status.domain.facts import Answer, Autumn, Doing, Latest, Speaks
from shared.domain.decision_table import DecisionTable, Fact, load
from shared.domain.vocabulary import Participation

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
FIRST_VERSION = "2026.1"


@dataclass(frozen=True, slots=True)
class Tables:
    guarantee: DecisionTable
    participation: DecisionTable
    need_summer: DecisionTable
    need_autumn: DecisionTable


def table(name: str) -> DecisionTable:
    with (files("services.status.tables") / f"{name}.csv").open(encoding="utf-8") as file:
        return load(name, FIRST_VERSION, file, VOCABULARY)


@lru_cache(maxsize=1)
def tables() -> Tables:
    return Tables(table("guarantee"), table("participation"), table("need_summer"), table("need_autumn"))
