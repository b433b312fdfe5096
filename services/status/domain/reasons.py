"""Why was it decided so? The row that fitted and the facts that it saw, kept with every decision."""

from dataclasses import dataclass
from functools import lru_cache

from shared.domain.decision_table import DecisionTable, Fact, Row


@dataclass(frozen=True, slots=True)
class Decided:
    """One row that fitted some facts; `facts` as the table writes them, in its order."""

    table: str
    version: str
    row: Row
    facts: str

    def said(self) -> list[str]:
        """As it is said and kept: table, version, row, facts, because."""
        return [self.table, self.version, self.row.code, self.facts, self.row.because]


@lru_cache(maxsize=10_000)
def decided(table: DecisionTable, facts: tuple[Fact, ...]) -> Decided:
    return Decided(table.name, table.version, table.decide(facts), ",".join(map(_word, facts)))


def _word(fact: Fact) -> str:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return fact.name
