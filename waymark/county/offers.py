"""Which offers does each young person get, and what becomes of them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from waymark.county import lives, names
from waymark.county.dates import CAMPAIGN, day, some_day
from waymark.county.establishments import TRAINER, Establishment, Establishments
from waymark.county.lives import Destination
from waymark.county.people import Person
from waymark.county.pool import Pool

MADE, ACCEPTED, DECLINED, WITHDRAWN = "made", "accepted", "declined", "withdrawn"
COURSES = ("A levels", "BTEC Sport", "T Level Health", "T Level Digital", "Plumbing L2", "Level 1 Skills", "")
TRADES = ("Business L2", "Bricklaying L2", "Adult Care L2", "Motor Vehicle L2", "")
CODES_BEFORE = ("110", "114", "115", "120", "122", "123", "124", "140", "150", "151", "153", "154", "159")
WINTER = (date(CAMPAIGN, 1, 5), day(5, 8))


@dataclass(frozen=True, slots=True)
class Turn:
    """What an offer's status becomes on a day."""

    on: date
    status: str
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer; `at` None is a provider of whom there is only a name."""

    at: Establishment | None
    provider_name: str
    kind: str
    course: str
    offered_on: date | None
    turns: tuple[Turn, ...]

    def turn_by(self, sent_on: date) -> Turn | None:
        """Its latest status that is known when a file is sent."""
        known = [turn for turn in self.turns if turn.on <= sent_on]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Statement:
    """A guarantee code, or `none`, that a school gives from a day on."""

    said_from: date
    code: str
    says_none: bool
    dated_on: date | None


@dataclass(frozen=True, slots=True)
class Prospects:
    """All that a school can say of one person's offers."""

    offers: tuple[Offer, ...] = ()
    statements: tuple[Statement, ...] = ()


def make_prospects(
    random: Random, people: Sequence[Person], destinations: Mapping[int, Destination], establishments: Establishments
) -> Mapping[int, Prospects]:
    """By serial; most of Year 11 has an offer in spring, of Year 12 only who moves."""
    found = {
        person.serial: Prospects(tuple(_offers(random, person, destinations[person.serial], establishments)))
        for person in people
    }
    without = Pool([person for person in people if not found[person.serial].offers], random)
    for code in CODES_BEFORE:
        for person in without.take(0.012):
            found[person.serial] = Prospects((), (_statement(random, code),))
    for person in without.take(0.05):
        found[person.serial] = Prospects(
            (), (Statement(some_day(random, day(5, 10), day(8, 20)), "", says_none=True, dated_on=None),)
        )
    return found


def _statement(random: Random, code: str) -> Statement:
    said = some_day(random, day(5, 10), day(8, 28))
    return Statement(said, code, random.random() < 0.2, said if random.random() < 0.7 else None)


CHANCES = {
    lives.ELSEWHERE: 0.35,
    lives.NEET: 0.3,
    lives.UNKNOWN: 0.25,
    lives.WORK: 0.3,
    lives.CUSTODY: 0.1,
    lives.GONE: 0.5,
}


def _offers(random: Random, person: Person, destination: Destination, establishments: Establishments) -> list[Offer]:
    chance = 0.94 if person.year_group == 11 else 0.02 if destination.kind == lives.STAYS_ON else 0.5
    if random.random() > min(chance, CHANCES.get(destination.kind, 1.0)):
        return []
    comes_true = destination.at is not None
    first = _offer(random, destination if comes_true else _anywhere(random, establishments))
    offers = [_with_turns(random, first, _plot(random, comes_true=comes_true))]
    if random.random() < 0.08:
        second = _offer(random, _anywhere(random, establishments))
        if second.provider_name != first.provider_name:
            offers.append(_with_turns(random, second, random.choice((DECLINED, MADE, WITHDRAWN))))
    return offers


def _anywhere(random: Random, establishments: Establishments) -> Destination:
    roll = random.random()
    if roll < 0.1:
        return Destination(lives.APPRENTICE)
    return Destination(lives.COLLEGE, random.choice((*establishments.with_year_12(), *establishments.trainers)))


def _offer(random: Random, to: Destination) -> Offer:
    offered = some_day(random, *WINTER) if random.random() < 0.88 else None
    if to.at is None or to.kind == lives.APPRENTICE:
        kind = random.choices(("apprenticeship", "employment with study", "employment"), (8, 1, 1))[0]
        return Offer(None, names.employer(random), kind, random.choice(TRADES), offered, ())
    kind = "training" if to.at.kind == TRAINER else random.choices(("education", ""), (9, 1))[0]
    return Offer(to.at, to.at.name, kind, random.choice(COURSES), offered, ())


def _plot(random: Random, *, comes_true: bool) -> str:
    if comes_true:
        return random.choices((ACCEPTED, MADE, "again", "late"), (80, 14, 2, 4))[0]
    return random.choices((ACCEPTED, MADE, DECLINED, WITHDRAWN), (45, 15, 25, 15))[0]


def _with_turns(random: Random, offer: Offer, plot: str) -> Offer:
    made = offer.offered_on or some_day(random, *WINTER)
    if plot == "late":
        made = some_day(random, day(6, 20), day(8, 25))
    turns = [Turn(made, MADE, dated=False)]
    accepted = some_day(random, max(made, date(CAMPAIGN, 2, 10)), max(made, day(6, 20)))
    if plot in {ACCEPTED, "again", "late", WITHDRAWN, DECLINED} and not (plot == DECLINED and random.random() < 0.5):
        turns.append(Turn(accepted, ACCEPTED, dated=random.random() < 0.75))
    if plot in {DECLINED, WITHDRAWN, "again"}:
        status = WITHDRAWN if plot == "again" else plot
        turns.append(Turn(some_day(random, max(accepted, day(5, 20)), max(accepted, day(8, 20))), status))
    if plot == "again":
        turns.append(Turn(max(turns[-1].on, day(7, 5)), ACCEPTED))
    offered = made if plot == "late" else offer.offered_on
    return Offer(offer.at, offer.provider_name, offer.kind, offer.course, offered, tuple(turns))
