"""What does somebody do, on every day, and is it current and confirmed? (rulebook 5.3, 5.4)"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.status.domain.facts import Speaks
from services.status.domain.reasons import Decided, decided
from services.status.domain.rules import Rules
from services.status.domain.spells import RANK, Spell, spells
from services.status.domain.timeline import Timeline, timeline
from shared.domain.academic_year import autumn_starts_on, ends_in
from shared.domain.decision_table import DecisionTable
from shared.domain.events import Evidence, Said
from shared.domain.vocabulary import Participation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Does:
    group: Participation
    activity_code: int | None
    confirmed: bool | None
    lapses_on: date | None
    why: Decided


@dataclass(frozen=True, slots=True)
class Activity:
    """One person's spells and what they do, by the tolerance of starts in force; worked out once for each."""

    evidence: Sequence[Evidence]
    rules: Rules
    known: dict[int, tuple[Sequence[Spell], Timeline[Does]]] = field(default_factory=dict)

    @classmethod
    def of(cls, evidence: Sequence[Evidence], rules: Rules) -> "Activity":
        return cls(evidence, rules)

    def spells(self, tolerance: int) -> Sequence[Spell]:
        return self._by(tolerance)[0]

    def does(self, tolerance: int) -> Timeline[Does]:
        return self._by(tolerance)[1]

    def _by(self, tolerance: int) -> tuple[Sequence[Spell], Timeline[Does]]:
        if tolerance not in self.known:
            found = spells(self.evidence, tolerance, self.rules.activities)
            self.known[tolerance] = found, participation(found, self.rules.participation)
        return self.known[tolerance]

    def of_every_year(self) -> Timeline[Does]:
        """For the monthly cohort, where evidence was sent in some year."""
        sent = {piece.sent_on.year for piece in self.evidence}
        by_tolerance = {tolerance: self.does(tolerance) for tolerance in tolerances(self.rules, sent)}
        return of_every_year(by_tolerance, self.rules, sent)


def tolerances(rules: Rules, sent: Iterable[int], campaigns: Iterable[int] = ()) -> set[int]:
    """Of starts: those in force around the years in which something was sent, and in these campaigns."""
    return {rules.guidance(year).start_tolerance for year in {*around(sent), *campaigns}} or {0}


def around(sent: Iterable[int]) -> set[int]:
    return {year + more for year in sent for more in (-1, 0, 1, 2)}


def of_every_year(does: Mapping[int, Timeline[Does]], rules: Rules, sent: Iterable[int]) -> Timeline[Does]:
    """Each day by the guidance of the campaign whose September to August holds it."""
    years = around(sent)
    used = {rules.guidance(year).start_tolerance for year in years} or set(does)
    if len(used) == 1:
        return does[used.pop()]
    days = {day for tolerance in used for day in does[tolerance].breaks()}
    septembers = {autumn_starts_on(year) for year in years}
    return timeline(days | septembers, lambda day: does[_tolerance_on(day, rules)].on(day))


def _tolerance_on(day: date, rules: Rules) -> int:
    return rules.guidance(ends_in(day) - 1).start_tolerance


def participation(spells: Sequence[Spell], table: DecisionTable) -> Timeline[Does]:
    return timeline(_breaks(spells), lambda day: does_on(spells, table, day))


def primary(spells: Sequence[Spell]) -> Spell | None:
    """Of several: confirmed first, then the later start, the better source, the later verified, the later recorded."""
    return max(spells, key=_rank, default=None)


def _rank(spell: Spell) -> tuple[bool, date, int, date, Said]:
    return spell.confirmed, spell.starts_on, RANK[spell.origin], spell.verified_on, spell.said


def does_on(spells: Sequence[Spell], table: DecisionTable, day: date) -> Does:
    covering = [spell for spell in spells if spell.covers(day)]
    spell = primary([spell for spell in covering if spell.current_on(day)])
    if spell is None:
        speaks = Speaks.LAPSED if covering else Speaks.NOTHING
        why = decided(table, (speaks, Participation.NOT_KNOWN, False))
        return Does(Participation(why.row.result), None, None, None, why)
    why = decided(table, (Speaks.CURRENT, spell.group, spell.confirmed))
    return Does(Participation(why.row.result), spell.activity_code, spell.confirmed, spell.lapses_on, why)


def _breaks(spells: Sequence[Spell]) -> set[date]:
    ends = {day + DAY for spell in spells for day in (spell.ends_on, spell.lapses_on) if day is not None}
    return ends | {spell.starts_on for spell in spells}
