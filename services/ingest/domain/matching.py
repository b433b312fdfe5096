"""Which young person is a row about? A function of the rows that stand, in order of acceptance (rulebook 3.7, 3.10)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from services.ingest.domain.row_keys import Keys
from services.ingest.domain.rows import Identity
from shared.domain.events import Said


@dataclass(frozen=True, slots=True)
class MatchRow:
    """What matching sees of a row: who it says it is, and whether it may make a person."""

    said: Said
    identity: Identity
    cohort: bool
    named: str | None = None
    """The young person's own id, where the row gives that instead."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row was found to be. `gives_uln` is false where its UPN points to one person and its ULN to another."""

    young_person_id: str
    made: bool = False
    gives_uln: bool = True


@dataclass(slots=True)
class Known:
    """What is known of a person from their standing matched rows, the last accepted of each kind."""

    young_person_id: str
    upn: tuple[Said, str] | None = None
    uln: tuple[Said, str] | None = None
    cohort: tuple[Said, Identity] | None = None


@dataclass(slots=True)
class Register:
    """Everyone whom some rows could be, by identifier and by name and birth; grows as rows are matched.

    `gained` are the keys by which people are known since, `upns` those that they were known by before.
    """

    people: dict[str, Known] = field(default_factory=dict)
    by_upn: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_uln: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    upns: set[tuple[str, str]] = field(default_factory=set)
    gained: Keys = field(default_factory=Keys)

    def add(self, known: Known) -> None:
        """Somebody as they were before any of the rows; whoever is here already stays as they are."""
        if self.people.setdefault(known.young_person_id, known) is not known:
            return
        if known.upn:
            self.upns.add((known.upn[1], known.young_person_id))
            self.by_upn[known.upn[1]].add(known.young_person_id)
        if known.uln:
            self.by_uln[known.uln[1]].add(known.young_person_id)
        if known.cohort and (key := known.cohort[1].name_key):
            self.by_name[key].add(known.young_person_id)

    def learn(self, row: MatchRow, match: Match) -> None:
        """What a matched row adds to its person; one said before what is known neither joins nor separates."""
        identity, who = row.identity, match.young_person_id
        known = self.people.get(who)
        if known is None:
            known = self.people[who] = Known(who)
            self.gained.people.add(who)
        if identity.sound_upn and _newer(known.upn, row.said):
            _move(self.by_upn, self.gained.upns, known.upn and known.upn[1], identity.sound_upn, who=who)
            known.upn = (row.said, identity.sound_upn)
        if identity.sound_uln and match.gives_uln and _newer(known.uln, row.said):
            _move(self.by_uln, self.gained.ulns, known.uln and known.uln[1], identity.sound_uln, who=who)
            known.uln = (row.said, identity.sound_uln)
        if row.cohort and _newer(known.cohort, row.said):
            _move(
                self.by_name, self.gained.names, known.cohort and known.cohort[1].name_key, identity.name_key, who=who
            )
            known.cohort = (row.said, identity)

    def is_near(self, row: MatchRow) -> bool:
        """Whether anybody is known by one of its keys: where nobody is, it waits until somebody comes to be."""
        identity = row.identity
        return bool(
            row.named in self.people
            or self.by_upn.get(identity.sound_upn or "")
            or self.by_uln.get(identity.sound_uln or "")
            or self.by_name.get(identity.name_key or "")
        )

    def find(self, row: MatchRow) -> tuple[set[str], bool]:
        """Whom the first step that gives anyone gives, and whether that was the third with several left."""
        identity = row.identity
        if row.named is not None:
            return ({row.named} if row.named in self.people else set()), False
        by_upn = self.by_upn.get(identity.sound_upn, set()) if identity.sound_upn else set()
        if len(by_upn) == 1:
            return set(by_upn), False
        by_uln = self._by_uln(identity)
        if len(by_uln) == 1:
            return by_uln, False
        by_name = self._by_name(identity)
        return by_name, len(by_name) > 1

    def gives_uln(self, row: MatchRow, who: str) -> bool:
        """Its ULN stays with whom it had where its UPN points to somebody else, newly made or not."""
        identity = row.identity
        if not (identity.sound_upn and identity.sound_uln):
            return True
        return not self.by_uln.get(identity.sound_uln, set()) - {who}

    def _by_uln(self, identity: Identity) -> set[str]:
        if not identity.sound_uln:
            return set()
        return {who for who in self.by_uln.get(identity.sound_uln, ()) if not self._other_upn(who, identity)}

    def _by_name(self, identity: Identity) -> set[str]:
        if not identity.name_key:
            return set()
        fit = {
            who
            for who in self.by_name.get(identity.name_key, ())
            if not self._other_upn(who, identity) and not self._other_uln(who, identity)
        }
        if len(fit) > 1 and identity.postcode:
            there = {who for who in fit if self._lives_at(who, identity.postcode)}
            return there if len(there) == 1 else fit
        return fit

    def _lives_at(self, who: str, postcode: str) -> bool:
        cohort = self.people[who].cohort
        return cohort is not None and cohort[1].postcode == postcode

    def _other_upn(self, who: str, identity: Identity) -> bool:
        known = self.people[who].upn
        return identity.sound_upn is not None and known is not None and known[1] != identity.sound_upn

    def _other_uln(self, who: str, identity: Identity) -> bool:
        known = self.people[who].uln
        return identity.sound_uln is not None and known is not None and known[1] != identity.sound_uln


def match(register: Register, row: MatchRow, new_person: Callable[[MatchRow], str]) -> Match | None:
    """Match one row and learn from it; None: it waits. `new_person` gives the id of whom a cohort row makes."""
    found, several = register.find(row)
    made = not found and row.cohort and not several
    if len(found) != 1 and not made:
        return None
    who = new_person(row) if made else next(iter(found))
    matched = Match(who, made=made, gives_uln=register.gives_uln(row, who))
    register.learn(row, matched)
    return matched


@dataclass(frozen=True, slots=True)
class Act:
    """One accepted submission as matching sees it."""

    number: int
    cohort: bool
    rows: Sequence[MatchRow]


def replay(acts: Iterable[Act], new_person: Callable[[MatchRow], str]) -> dict[Said, Match | None]:
    """Match all that stands from nothing, in order of acceptance; what waits is tried after each cohort file."""
    register, waiting = Register(), dict[Said, MatchRow]()
    found: dict[Said, Match | None] = {}
    for act in acts:
        for row in act.rows:
            found[row.said] = match(register, row, new_person)
            if found[row.said] is None:
                waiting[row.said] = row
        if act.cohort:
            found |= rematch(register, waiting, new_person)
    return found


def rematch(
    register: Register, waiting: dict[Said, MatchRow], new_person: Callable[[MatchRow], str]
) -> dict[Said, Match | None]:
    """Try every waiting row once, in the order of acceptance; those that are matched wait no longer."""
    found: dict[Said, Match | None] = {}
    for said in sorted(waiting):
        if (matched := match(register, waiting[said], new_person)) is not None:
            found[said] = matched
            del waiting[said]
    return found


def _newer(known: tuple[Said, object] | None, said: Said) -> bool:
    return known is None or known[0] <= said


def _move(index: dict[str, set[str]], gained: set[str], old: str | None, new: str | None, *, who: str) -> None:
    if old == new:
        return
    if old:
        index[old].discard(who)
    if new:
        index.setdefault(new, set()).add(who)
        gained.add(new)
