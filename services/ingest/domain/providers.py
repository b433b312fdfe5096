"""Which establishment is meant by a number or a name? (contract: `--provider`; rulebook 1.2, 3.4)"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.ingest.domain.identifiers import compared
from services.ingest.domain.rows import EstablishmentRow
from shared.domain.vocabulary import UNRESOLVED, ProviderKind


@dataclass(frozen=True, slots=True)
class Establishment:
    laestab: str
    kind: ProviderKind


@dataclass(slots=True)
class Providers:
    """Every establishment of the accepted establishments files, by each of its numbers and by name."""

    by_number: dict[str, Establishment] = field(default_factory=dict)
    by_name: dict[str, Establishment] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[EstablishmentRow]) -> "Providers":
        """From rows in the order in which they were accepted; of two that share a number the later one counts."""
        providers = cls()
        for row in rows:
            providers.add(row)
        return providers

    def add(self, row: EstablishmentRow) -> None:
        if row.laestab is None:
            return
        establishment = Establishment(row.laestab, row.kind)
        for number in (row.laestab, row.urn, row.ukprn):
            if number:
                self.by_number[number] = establishment
        self.by_name[compared(row.name)] = establishment

    def known(self, provider: str) -> Establishment | None:
        return self.by_number.get(provider)

    def resolve(self, number: str | None, name: str | None) -> str:
        """A LAESTAB; else the normalised number or name that nobody knows; blank where neither is given."""
        found = (
            self.by_number.get(number or "") or self.by_number.get(name or "") or self.by_name.get(compared(name or ""))
        )
        if found is not None:
            return found.laestab
        written = compared(name or "") or compared(number or "")
        return f"{UNRESOLVED}{written}" if written else ""


def council_establishment(authority: str) -> str:
    """Where somebody on no roll is shown: the authority's code and 9999."""
    return f"{authority}9999"
