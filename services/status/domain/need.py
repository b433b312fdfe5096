"""Does somebody need contact in a campaign, on every day, and why? (rulebook 6.1)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from itertools import product
from typing import Any

from services.status.domain.bars import Bars
from services.status.domain.cohort import Member, OnRoll, Place
from services.status.domain.control import Control, ProviderFact, ReturnKey
from services.status.domain.facts import Answer, Autumn, Doing
from services.status.domain.offers import Standings
from services.status.domain.outcome import Outcome
from services.status.domain.participation import Does
from services.status.domain.reasons import Decided, decided
from services.status.domain.spells import Spell
from services.status.domain.timeline import Timeline, joined, timeline
from shared.domain.academic_year import autumn_starts_on
from shared.domain.decision_table import DecisionTable, Fact
from shared.domain.guidance import Guidance
from shared.domain.vocabulary import Feed, GuaranteeOutcome, Participation

DAY = timedelta(days=1)
DUE_FROM_MONTH = 8
FELL_THROUGH = ("SG15", "SG30")
DOING = {
    Participation.EET_NOT_PARTICIPATING: Doing.EET,
    Participation.NEET_AVAILABLE: Doing.NEET,
    Participation.NEET_NOT_AVAILABLE: Doing.NEET,
    Participation.NOT_KNOWN: Doing.NOT_KNOWN,
    Participation.COMPULSORY: Doing.COMPULSORY,
    Participation.CUSTODY: Doing.CUSTODY,
}


class Season(Enum):
    CLOSED = auto()
    SUMMER = auto()
    AUTUMN = auto()


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
    place: Place
    standings: Timeline[Standings]
    outcomes: Timeline[Outcome]
    does: Timeline[Does]
    spells: Sequence[Spell]
    bars: Bars

    def timeline(self) -> Timeline[Needed | None]:
        return joined(self.inputs(), self.on, self._breaks())

    def inputs(self) -> tuple[Timeline[Any], ...]:
        """What `on` sees of a day, in its order."""
        return (
            self._season(), self.place.members, self.place.rolls, self.standings, self.outcomes, self.does,
            self._last_spells(), self.bars.timeline(),
        )  # fmt: skip

    def may_be_asked(self) -> list[ReturnKey]:
        """Whose due day and return the need may hang on."""
        offering = {provider for stand in self.standings.values for provider in (stand.accepted, stand.made)}
        on_rolls = {roll.last for roll in self.place.rolls.values}
        providers = sorted(filter(None, offering | on_rolls | {spell.provider for spell in self.spells}))
        return list(product(providers, (Feed.OFFERS, Feed.ENROLMENTS), (self.campaign,)))

    def _season(self) -> Timeline[Season]:
        opens, autumn, closes = (
            self.guidance.contact_opens_on, autumn_starts_on(self.campaign), self.guidance.contact_closes_on + DAY
        )  # fmt: skip
        days = {opens, closes} | ({autumn} if opens < autumn < closes else set())
        return timeline(
            days,
            lambda day: (
                Season.CLOSED if not opens <= day < closes else Season.SUMMER if day < autumn else Season.AUTUMN
            ),
        )

    def _last_spells(self) -> Timeline[Spell | None]:
        return timeline({spell.starts_on for spell in self.spells}, self._last_spell)

    def _breaks(self) -> set[date]:
        """Days on which something changes by itself: a spell is over, what was said is too old, a shield ends."""
        days = {spell.ends_on + DAY for spell in self.spells if spell.ends_on}
        days |= {stand.said_of + self._fresh_for() for stand in self.standings.values if stand.said_of}
        for key in self.may_be_asked():
            fact = self.control.providers.get(key)
            if fact is not None and (end := self._shield_ends(fact, key[1])):
                days |= {end} | ({fact.returned_on} if fact.returned_on else set())
        return days

    def _fresh_for(self) -> timedelta:
        return timedelta(days=self.guidance.not_appropriate_days + 1)

    def on(
        self,
        day: date,
        season: Season,
        member: Member | None,
        roll: OnRoll,
        stand: Standings,
        outcome: Outcome,
        does: Does,
        last: Spell | None,
        barred: bool,
    ) -> Needed | None:
        live = member is not None and member.live
        if season is Season.CLOSED:
            return None
        if season is Season.SUMMER:
            summer = (live, self._answer(day, outcome, stand.said_of), barred)
            return self._needed(self.control.rules.need_summer, (summer, ()), Feed.OFFERS, roll.now, day)
        before = (live, _doing(does), barred)
        after = (_became(last, day), stand.accepted is not None, self.guidance.contact_eet)
        provider = _asked(stand, last, roll)
        return self._needed(self.control.rules.need_autumn, (before, after), Feed.ENROLMENTS, provider, day)

    def _needed(
        self,
        table: DecisionTable,
        facts: tuple[tuple[Fact, ...], tuple[Fact, ...]],
        feed: Feed,
        provider: str | None,
        day: date,
    ) -> Needed:
        """Hangs on the provider where a shield makes another row of it; elsewhere a shield is no fact of the matter."""
        before, after = facts
        hangs = table.decide((*before, False, *after)) != table.decide((*before, True, *after))
        why = decided(table, (*before, hangs and self._shielded(feed, provider, day), *after))
        return Needed(why.row.code, why.row.result, why, (feed, provider) if hangs and provider else None)

    def _answer(self, day: date, result: Outcome, said_of: date | None) -> Answer:
        if result.row in FELL_THROUGH:
            return Answer.FELL_THROUGH
        if result.outcome is GuaranteeOutcome.NOT_APPROPRIATE:
            fresh = said_of is not None and day < said_of + self._fresh_for()
            return Answer.NOT_APPROPRIATE if fresh else Answer.OTHER
        if result.outcome is GuaranteeOutcome.OFFER_MADE:
            return Answer.OFFERED
        return Answer.SILENT if result.outcome is GuaranteeOutcome.NOT_RECORDED else Answer.OTHER

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


def _asked(stand: Standings, last: Spell | None, roll: OnRoll) -> str | None:
    """Whose enrolment file would settle it."""
    if stand.accepted is not None or stand.made is not None:
        return stand.accepted if stand.accepted is not None else stand.made
    return last.provider if last is not None else roll.last


def _doing(does: Does) -> Doing:
    if does.group is Participation.PARTICIPATING:
        return Doing.PARTICIPATING if does.confirmed else Doing.UNCONFIRMED
    return DOING[does.group]


def _became(last: Spell | None, day: date) -> Autumn:
    if last is None:
        return Autumn.NONE
    if not last.began:
        return Autumn.NON_START
    return Autumn.ENDED if last.ends_on is not None and last.ends_on < day else Autumn.GOES_ON
