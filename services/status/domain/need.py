"""Does somebody need contact in a campaign, on every day, and why? (rulebook 6.1)"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from services.status.domain.bars import Bars
from services.status.domain.cohort import Member, Membership
from services.status.domain.control import Control, ProviderFact
from services.status.domain.facts import Answer, Autumn, Doing
from services.status.domain.outcome import Outcome, Saying
from services.status.domain.participation import Does
from services.status.domain.reasons import Decided, decided
from services.status.domain.spells import Spell
from services.status.domain.timeline import Timeline, timeline
from shared.domain.academic_year import autumn_starts_on
from shared.domain.decision_table import DecisionTable, Fact
from shared.domain.guidance import Guidance
from shared.domain.vocabulary import Feed, GuaranteeOutcome, Participation

DAY = timedelta(days=1)
DUE_FROM_MONTH = 8
DOING = {
    Participation.EET_NOT_PARTICIPATING: Doing.EET,
    Participation.NEET_AVAILABLE: Doing.NEET,
    Participation.NEET_NOT_AVAILABLE: Doing.NEET,
    Participation.NOT_KNOWN: Doing.NOT_KNOWN,
    Participation.COMPULSORY: Doing.COMPULSORY,
    Participation.CUSTODY: Doing.CUSTODY,
}


@dataclass(frozen=True, slots=True)
class Needed:
    """The row that fits; `contact` is what it asks for: none, ask provider, contact.

    `asks` is the (feed, provider) on whose return the row hangs on that day, whatever it has returned yet.
    """

    row: str
    contact: str
    why: Decided
    asks: tuple[Feed, str] | None


@dataclass(frozen=True, slots=True)
class Contact:
    """All that bears on one person's need of contact in one campaign."""

    campaign: int
    guidance: Guidance
    control: Control
    members: Timeline[Member | None]
    membership: Membership
    outcomes: Timeline[Outcome]
    saying: Saying
    does: Timeline[Does]
    spells: Sequence[Spell]
    bars: Bars

    def timeline(self) -> Timeline[Needed | None]:
        opens, closes = self.guidance.contact_opens_on, self.guidance.contact_closes_on
        inside = {day for day in self._breaks() if opens < day <= closes}
        return timeline(inside | {opens, closes + DAY}, self.on)

    def _breaks(self) -> set[date]:
        days = {autumn_starts_on(self.campaign), *self.members.breaks(), *self.outcomes.breaks(), *self.does.breaks()}
        days |= self.saying.breaks() | {entry.seen_on for entry in self.membership.all_rows}
        days |= {spell.starts_on for spell in self.spells} | {spell.seen_on for spell in self.spells}
        days |= {spell.ends_on + DAY for spell in self.spells if spell.ends_on}
        days |= {statement.happened_on + self._fresh_for() for statement in self.saying.offers.statements}
        return days | self.bars.breaks() | self._shield_breaks()

    def _shield_breaks(self) -> set[date]:
        days = set()
        for provider, feed in product(self._may_be_asked(), (Feed.OFFERS, Feed.ENROLMENTS)):
            fact = self.control.providers.get((provider, feed, self.campaign))
            if fact is not None and (end := self._shield_ends(fact, feed)):
                days |= {end} | ({fact.returned_on} if fact.returned_on else set())
        return days

    def _may_be_asked(self) -> set[str]:
        offering = {provider for provider, _ in self.saying.offers.news}
        on_rolls = {entry.row.establishment for entry in self.membership.mine}
        return offering | on_rolls | {spell.provider for spell in self.spells}

    def _fresh_for(self) -> timedelta:
        return timedelta(days=self.guidance.not_appropriate_days + 1)

    def on(self, day: date) -> Needed | None:
        if not self.guidance.contact_opens_on <= day <= self.guidance.contact_closes_on:
            return None
        summer = day < autumn_starts_on(self.campaign)
        return self._summer(day) if summer else self._autumn(day)

    def _live(self, day: date) -> bool:
        member = self.members.on(day)
        return member is not None and member.live

    def _summer(self, day: date) -> Needed:
        before = (self._live(day), self._answer(day), self.bars.on(day))
        table = self.control.rules.need_summer
        return self._needed(table, lambda shielded: (*before, shielded), Feed.OFFERS, self._roll(day), day)

    def _needed(
        self,
        table: DecisionTable,
        facts: Callable[[bool], tuple[Fact, ...]],
        feed: Feed,
        provider: str | None,
        day: date,
    ) -> Needed:
        """Decided with the shield as it is; it hangs on the provider where a shield would make another row of it."""
        shielded = self._shielded(feed, provider, day)
        why = decided(table, facts(shielded))
        hangs = why.row != table.decide(facts(not shielded))
        return Needed(why.row.code, why.row.result, why, (feed, provider) if hangs and provider else None)

    def _answer(self, day: date) -> Answer:
        result = self.outcomes.on(day)
        if result.row in ("SG15", "SG30"):
            return Answer.FELL_THROUGH
        if result.outcome is GuaranteeOutcome.NOT_APPROPRIATE:
            latest = self.saying.standings_on(day).latest
            fresh = latest is not None and day < latest.happened_on + self._fresh_for()
            return Answer.NOT_APPROPRIATE if fresh else Answer.OTHER
        if result.outcome is GuaranteeOutcome.OFFER_MADE:
            return Answer.OFFERED
        return Answer.SILENT if result.outcome is GuaranteeOutcome.NOT_RECORDED else Answer.OTHER

    def _roll(self, day: date) -> str | None:
        """The establishment on whose roll they are on that day."""
        roll = self.membership.roll_on(day)
        return roll.row.establishment if roll and roll.left_on is None and roll.row.kind is not None else None

    def _autumn(self, day: date) -> Needed:
        last, stand = self._last_spell(day), self.saying.standings_on(day)
        before = (self._live(day), self._doing(day), self.bars.on(day))
        after = (_became(last, day), stand.accepted is not None, self.guidance.contact_eet)
        provider = self._asked(last, stand.accepted, stand.made, day)
        table = self.control.rules.need_autumn
        return self._needed(table, lambda shielded: (*before, shielded, *after), Feed.ENROLMENTS, provider, day)

    def _doing(self, day: date) -> Doing:
        does = self.does.on(day)
        if does.group is Participation.PARTICIPATING:
            return Doing.PARTICIPATING if does.confirmed else Doing.UNCONFIRMED
        return DOING[does.group]

    def _asked(self, last: Spell | None, accepted: str | None, made: str | None, day: date) -> str | None:
        """Whose enrolment file would settle it."""
        if accepted is not None or made is not None:
            return accepted if accepted is not None else made
        if last is not None:
            return last.provider
        roll = self.membership.roll_on(day)
        return roll.row.establishment if roll else None

    def _last_spell(self, day: date) -> Spell | None:
        """The last spell of the campaign's autumn: the latest start, then the latest recorded."""
        autumn = autumn_starts_on(self.campaign)
        due_from = date(self.campaign, DUE_FROM_MONTH, 1)
        begun = (s for s in self.spells if s.starts_on <= day and s.group is not Participation.NOT_KNOWN)
        counting = [
            s for s in begun
            if (s.starts_on >= due_from if not s.began else s.ends_on is None or s.ends_on >= autumn)
        ]  # fmt: skip
        return max(counting, key=lambda spell: (spell.starts_on, spell.said), default=None)

    def _shielded(self, feed: Feed, provider: str | None, day: date) -> bool:
        fact = self.control.providers.get((provider, feed, self.campaign)) if provider else None
        end = self._shield_ends(fact, feed) if fact else None
        if fact is None or end is None or day >= end:
            return False
        return fact.returned_on is None or day < fact.returned_on

    def _shield_ends(self, fact: ProviderFact, feed: str) -> date | None:
        """The first day without a shield; None where nothing is expected."""
        if fact.due_on is None or feed not in (Feed.OFFERS, Feed.ENROLMENTS):
            return None
        latest = self.guidance.shield_ends_offers if feed == Feed.OFFERS else self.guidance.shield_ends_enrolments
        return min(fact.due_on + timedelta(days=self.guidance.shield_days), latest)


def _became(last: Spell | None, day: date) -> Autumn:
    if last is None:
        return Autumn.NONE
    if not last.began:
        return Autumn.NON_START
    return Autumn.ENDED if last.ends_on is not None and last.ends_on < day else Autumn.GOES_ON
