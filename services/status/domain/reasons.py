"""Why was it decided so? The row that fitted and the facts that it saw, kept with every decision."""

from dataclasses import dataclass

from shared.domain.decision_table import DecisionTable, Fact, Row


@dataclass(frozen=True, slots=True)
class Decided:
    table: str
    version: str
    row: Row
    facts: tuple[Fact, ...]

    def facts_seen(self) -> str:
        """The facts as the table writes them, in its order."""
        return ",".join(_word(fact) for fact in self.facts)


def decided(table: DecisionTable, facts: tuple[Fact, ...]) -> Decided:
    return Decided(table.name, table.version, table.decide(facts), facts)


def _word(fact: Fact) -> str:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return fact.name
