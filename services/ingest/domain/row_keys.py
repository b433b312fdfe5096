"""By what could rows find somebody, or share somebody with other rows?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.ingest.domain.rows import Identity


@dataclass(slots=True)
class Keys:
    """Sound UPNs, sound ULNs, names with birth, and ids of young people."""

    upns: set[str] = field(default_factory=set)
    ulns: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)

    def take(self, identity: Identity, *people: str | None) -> None:
        if identity.upn and identity.upn_sound:
            self.upns.add(identity.upn)
        if identity.uln and identity.uln_sound:
            self.ulns.add(identity.uln)
        if identity.name_key:
            self.names.add(identity.name_key)
        self.people.update(filter(None, people))

    def beyond(self, seen: "Keys") -> "Keys":
        """Those of them that are not among others."""
        return Keys(*(own - theirs for own, theirs in zip(self._kinds(), seen._kinds(), strict=True)))

    def add(self, more: "Keys") -> None:
        for own, new in zip(self._kinds(), more._kinds(), strict=True):
            own |= new

    def columns(self) -> Iterable[list[str]]:
        """In the order in which the queries take them."""
        return [list(kind) for kind in self._kinds()]

    def __bool__(self) -> bool:
        return any(self._kinds())

    def _kinds(self) -> tuple[set[str], set[str], set[str], set[str]]:
        return self.upns, self.ulns, self.names, self.people
