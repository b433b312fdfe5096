"""Which guarantee outcome has somebody in a campaign, on every day? (rulebook 4)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.status.domain.cohort import Member, Membership
from services.status.domain.offers import Latest, Offers, Standings, offers, standings
from services.status.domain.people import continuing
from services.status.domain.reasons import Decided, decided
from services.status.domain.rules import Rules
from services.status.domain.spells import Spell
from services.status.domain.timeline import Timeline, timeline
from shared.domain.academic_year import autumn_starts_on
from shared.domain.events import Evidence
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


@dataclass(frozen=True, slots=True)
class Saying:
    """All that bears on one person's outcome in one campaign."""

    offers: Offers
    enrolled: Sequence[Spell]
    membership: Membership
    rules: Rules
    guidance: Guidance

    @classmethod
    def of(
        cls,
        evidence: Sequence[Evidence],
        campaign: int,
        spells: Sequence[Spell],
        membership: Membership,
        rules: Rules,
    ) -> "Saying":
        guidance = rules.guidance(campaign)
        counting = [spell for spell in spells if _enrolled_for_september(spell, campaign, guidance)]
        return cls(offers(evidence, campaign, rules.guarantee_codes), counting, membership, rules, guidance)

    def breaks(self) -> set[date]:
        rows = {entry.seen_on for entry in self.membership.mine}
        return self.offers.breaks() | {spell.seen_on for spell in self.enrolled} | rows

    def standings_on(self, day: date) -> Standings:
        return standings(self.offers, day)

    def timeline(self, members: Timeline[Member | None]) -> Timeline[Outcome]:
        return timeline(self.breaks() | set(members.breaks()), lambda day: self.on(day, members.on(day)))

    def on(self, day: date, member: Member | None) -> Outcome:
        stand = self.standings_on(day)
        goes_on = member is not None and member.year_group == LAST_YEAR_GROUP and continuing(self.membership.mine, day)
        facts = (
            any(spell.seen_on <= day for spell in self.enrolled),
            stand.accepted is not None,
            stand.made is not None,
            goes_on,
            stand.latest.says if stand.latest else Latest.NOTHING,
            self.guidance.declined_offer_counts,
        )
        why = decided(self.rules.guarantee, facts)
        return Outcome(GuaranteeOutcome(why.row.result), why)


def _enrolled_for_september(spell: Spell, campaign: int, guidance: Guidance) -> bool:
    """Confirmed, participating, due to start in time, and neither ended nor lapsed on some day from 1 September."""
    if not (spell.confirmed and spell.group is Participation.PARTICIPATING):
        return False
    first = max(autumn_starts_on(campaign), spell.starts_on)
    last = min(spell.ends_on or date.max, spell.lapses_on or date.max)
    return spell.starts_on <= guidance.guarantee_enrolled_by and first <= last
