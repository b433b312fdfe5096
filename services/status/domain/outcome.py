"""Which guarantee outcome has somebody in a campaign, on every day? (rulebook 4)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from services.status.domain.cohort import Member, Place
from services.status.domain.offers import Standings
from services.status.domain.reasons import Decided, decided
from services.status.domain.rules import Rules
from services.status.domain.spells import Spell
from services.status.domain.timeline import Timeline, joined
from shared.domain.academic_year import autumn_starts_on
from shared.domain.guidance import Guidance
from shared.domain.vocabulary import GuaranteeOutcome, Participation

LAST_YEAR_GROUP = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    outcome: GuaranteeOutcome
    why: Decided

    @property
    def row(self) -> str:
        return self.why.row.code


def outcomes(
    standings: Timeline[Standings], enrolled_from: date | None, place: Place, rules: Rules, guidance: Guidance
) -> Timeline[Outcome]:
    """The outcome on every day; `enrolled_from` is the day from which an enrolment for September is seen."""

    def on(day: date, stand: Standings, member: Member | None, continuing: bool) -> Outcome:
        facts = (
            enrolled_from is not None and enrolled_from <= day,
            stand.accepted is not None,
            stand.made is not None,
            continuing and member is not None and member.year_group == LAST_YEAR_GROUP,
            stand.says,
            guidance.declined_offer_counts,
        )
        return _outcome(decided(rules.guarantee, facts))

    return joined((standings, place.members, place.continuing), on, () if enrolled_from is None else (enrolled_from,))


@lru_cache(maxsize=1000)
def _outcome(why: Decided) -> Outcome:
    return Outcome(GuaranteeOutcome(why.row.result), why)


def enrolled_from(spells: Sequence[Spell], campaign: int, guidance: Guidance) -> date | None:
    """The first day on which an enrolment for that September is seen."""
    seen = (spell.seen_on for spell in spells if _enrolled_for_september(spell, campaign, guidance))
    return min(seen, default=None)


def _enrolled_for_september(spell: Spell, campaign: int, guidance: Guidance) -> bool:
    """Confirmed, participating, due to start in time, and neither ended nor lapsed on some day from 1 September."""
    if not (spell.confirmed and spell.group is Participation.PARTICIPATING):
        return False
    first = max(autumn_starts_on(campaign), spell.starts_on)
    last = min(spell.ends_on or date.max, spell.lapses_on or date.max)
    return spell.starts_on <= guidance.guarantee_enrolled_by and first <= last
