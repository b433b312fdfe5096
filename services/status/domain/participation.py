"""What does somebody do, on every day, and is it current and confirmed? (rulebook 5.3, 5.4)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.status.domain.facts import Speaks
from services.status.domain.reasons import Decided, decided
from services.status.domain.spells import RANK, Spell
from services.status.domain.timeline import Timeline, timeline
from shared.domain.decision_table import DecisionTable
from shared.domain.events import Said
from shared.domain.vocabulary import Participation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Does:
    group: Participation
    activity_code: int | None
    confirmed: bool | None
    lapses_on: date | None
    why: Decided


def participation(spells: Sequence[Spell], table: DecisionTable) -> Timeline[Does]:
    return timeline(_breaks(spells), lambda day: _on(spells, table, day))


def primary(spells: Sequence[Spell]) -> Spell | None:
    """Of several: confirmed first, then the later start, the better source, the later verified, the later recorded."""
    return max(spells, key=_rank, default=None)


def _rank(spell: Spell) -> tuple[bool, date, int, date, Said]:
    return spell.confirmed, spell.starts_on, RANK[spell.origin], spell.verified_on, spell.said


def _on(spells: Sequence[Spell], table: DecisionTable, day: date) -> Does:
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
