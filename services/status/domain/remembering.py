"""What is decided on these grounds? Each part is worked out once for all who share the words that it rests on.

That the whole equals `decide` is tested for everybody of the sample county; `waymark verify` recounts without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from services.status.domain import facets
from services.status.domain.bars import Bars
from services.status.domain.cohort import Place
from services.status.domain.control import Control
from services.status.domain.facets import DIMENSIONS, Ask
from services.status.domain.grounds import BARS, FACET, PLACE, SPELLS, STANDINGS, Grounds
from services.status.domain.memory import Memory
from services.status.domain.need import Contact
from services.status.domain.offers import Standings
from services.status.domain.outcome import Outcome, enrolled_from, outcomes
from services.status.domain.participation import Does, of_every_year, participation
from services.status.domain.rules import Rules
from services.status.domain.spells import Spell
from services.status.domain.telling import Told, told
from services.status.domain.timeline import Timeline
from shared.domain.guidance import Guidance
from shared.domain.vocabulary import MONTHLY


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    place: Place
    told: Told


@dataclass(frozen=True, slots=True, eq=False)
class Doings:
    spells: Sequence[Spell]
    does: Timeline[Does]
    told: Told


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    timeline: Timeline[Outcome]
    told: Told


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    told: Told
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Every facet by its name, as it is told, and the days that hang on a provider's return."""

    told: dict[str, Told]
    asks: list[Ask]


@dataclass(frozen=True, slots=True)
class Remembering:
    """The parts of the decisions of one installation, under one version of its rules."""

    placed: Memory[Placed] = field(default_factory=Memory)
    standings: Memory[Timeline[Standings]] = field(default_factory=Memory)
    doings: Memory[Doings] = field(default_factory=Memory)
    outcomes: Memory[Outcomes] = field(default_factory=Memory)
    needs: Memory[Needs] = field(default_factory=Memory)
    others: Memory[Told] = field(default_factory=Memory)

    def decide(self, grounds: Grounds, control: Control) -> Decided:
        """The decision on these grounds with the facts about providers that are known."""
        rules = control.rules
        doings = {t: self.doings.get(text, partial(_doings, text, rules)) for t, text in grounds.spells.items()}
        found = Decided({DIMENSIONS: self._told(DIMENSIONS, grounds.dimensions)}, [])
        for campaign in sorted(grounds.places):
            self._campaign(campaign, grounds, doings, control, found)
        found.told[f"{MONTHLY} membership"] = self._told("membership", grounds.monthly)
        found.told[f"{MONTHLY} participation"] = self._monthly_participation(grounds, doings, rules)
        return found

    def _told(self, kind: str, text: str) -> Told:
        return self.others.get((kind, text), lambda: told(kind, FACET.validate_json(text)))

    def _monthly_participation(self, grounds: Grounds, doings: Mapping[int, Doings], rules: Rules) -> Told:
        if len(doings) == 1:
            return next(iter(doings.values())).told
        does = of_every_year({tolerance: one.does for tolerance, one in doings.items()}, rules, grounds.years)
        return told("participation", facets.participation(does))

    def _campaign(
        self, campaign: int, grounds: Grounds, doings: Mapping[int, Doings], control: Control, found: Decided
    ) -> None:
        guidance, place, standing = control.guidance(campaign), grounds.places[campaign], grounds.standings[campaign]
        placed = self.placed.get(place, lambda: _placed(place))
        standings = self.standings.get(standing, lambda: STANDINGS.validate_json(standing))
        doing = doings[guidance.start_tolerance]
        enrolled = enrolled_from(doing.spells, campaign, guidance)
        result = self.outcomes.get(
            (campaign, place, standing, enrolled),
            lambda: _outcomes(standings, enrolled, placed.place, control.rules, guidance),
        )
        bars = Bars(BARS.validate_json(grounds.bars))
        contact = Contact(
            campaign, guidance, control, placed.place, standings, result.timeline, doing.does, doing.spells, bars
        )
        facts = tuple(map(control.providers.get, contact.may_be_asked()))
        texts = campaign, place, standing, grounds.spells[guidance.start_tolerance], grounds.bars
        needs = self.needs.get((*texts, facts), lambda: _needs(contact))
        found.told[f"{campaign} membership"] = placed.told
        found.told[f"{campaign} outcome"] = result.told
        found.told[f"{campaign} participation"] = doing.told
        found.told[f"{campaign} need"] = needs.told
        found.asks.extend(needs.asks)


def _placed(text: str) -> Placed:
    place = PLACE.validate_json(text)
    return Placed(place, told("membership", facets.membership(place.members)))


def _doings(text: str, rules: Rules) -> Doings:
    spells = SPELLS.validate_json(text)
    does = participation(spells, rules.participation)
    return Doings(spells, does, told("participation", facets.participation(does)))


def _outcomes(
    standings: Timeline[Standings], enrolled: date | None, place: Place, rules: Rules, guidance: Guidance
) -> Outcomes:
    timeline = outcomes(standings, enrolled, place, rules, guidance)
    return Outcomes(timeline, told("outcome", facets.outcome(timeline)))


def _needs(contact: Contact) -> Needs:
    timeline = contact.timeline()
    return Needs(told("need", facets.need(timeline)), tuple(facets.asks_of_campaign(contact.campaign, timeline)))
