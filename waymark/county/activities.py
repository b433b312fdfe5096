"""What do advisers, partners and young people themselves say of what someone does?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from waymark.county import lives, names
from waymark.county.dates import AUTUMN, day, some_day
from waymark.county.establishments import DECEMBER, JANUARY, NEVER
from waymark.county.lives import Destination
from waymark.county.people import Person
from waymark.county.spells import DID_NOT_START, LEFT, Spell

COUNCIL = "council"
ADVISER, PARTNER, SELF = "adviser", "partner", "self"
REVIEWED = {"260", "290", "350", "710"}
NEET_CODES = {
    "610": 40,
    "615": 6,
    "616": 8,
    "619": 14,
    "540": 8,
    "620": 5,
    "630": 4,
    "640": 8,
    "650": 1,
    "660": 2,
    "670": 2,
    "680": 2,
}
WORK_CODES = {"330": 40, "340": 5, "350": 12, "360": 6, "380": 12, "381": 12, "530": 8, "550": 5}
LEARNING_CODES = {"210": 30, "220": 15, "230": 45, "320": 4, "240": 3, "250": 3}
AGAIN_CODES = {"410": 30, "430": 25, "270": 10, "440": 5, "450": 5, "460": 10, "310": 15}
NOT_KNOWN_CODES = {"810": 40, "820": 20, "830": 40}
SPRING_CODES = {"610": 40, "620": 10, "640": 10, "616": 10, "410": 10, "330": 10, "430": 10}


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of an activities file that `sender` sends from a day on."""

    person: Person
    sender: str
    said_from: date
    code: str
    starts_on: date
    source: str
    verified_on: date | None
    employer: str = ""
    ended_on: date | None = None
    review_on: date | None = None


def make_activities(
    random: Random, people: Sequence[Person], destinations: Mapping[int, Destination], spells: Mapping[int, Spell]
) -> list[Activity]:
    """In the order of the people; a person has at most one that begins in any three weeks."""
    return [
        activity
        for person in people
        for activity in _of(random, person, destinations[person.serial], spells.get(person.serial))
    ]


def _of(random: Random, person: Person, to: Destination, spell: Spell | None) -> Iterator[Activity]:
    if random.random() < 0.02:
        yield _adviser(random, person, _code(random, SPRING_CODES), some_day(random, day(5, 4), day(7, 10)))
    if to.kind in FOLLOWED:
        yield from FOLLOWED[to.kind](random, person, to)
    elif to.at is not None and to.at.enrolments in {DECEMBER, JANUARY, NEVER} and random.random() < 0.94:
        yield _adviser(random, person, "230", some_day(random, day(10, 12), day(11, 22)), employer=to.at.name)
    elif spell is not None:
        yield from _after(random, person, spell)


def _after(random: Random, person: Person, spell: Spell) -> Iterator[Activity]:
    """Who dropped out or never began is called, and most are heard of again."""
    last = spell.said[-1]
    if last.status in {LEFT, DID_NOT_START}:
        since = (last.ended_on or day(9, 24)) + timedelta(days=random.randrange(3, 25))
        if random.random() < 0.95:
            codes = NEET_CODES if random.random() < 0.6 else AGAIN_CODES
            yield _adviser(random, person, _code(random, codes), since)
    elif random.random() < 0.004:
        yield _own_word(random, person, "230", some_day(random, day(9, 10), day(10, 20)))


def _apprentice(random: Random, person: Person, to: Destination) -> Iterator[Activity]:
    starts = some_day(random, day(7, 1), day(9, 25))
    if to.at is None or random.random() < 0.15:
        yield _adviser(random, person, "310", max(starts, day(10, 1)), employer=names.employer(random))
    else:
        yield _partner(person, to.at.code, "310", starts, names.employer(random))


def _trainee(random: Random, person: Person, to: Destination) -> Iterator[Activity]:
    starts = some_day(random, day(9, 1), day(10, 5))
    code = random.choice(("410", "410", "430", "460"))
    if to.at is None:
        yield _adviser(random, person, code, starts)
    else:
        yield _partner(person, to.at.code, code, starts, to.at.name)


def _elsewhere(random: Random, person: Person, to: Destination) -> Iterator[Activity]:
    roll = random.random()
    if roll < 0.93:
        yield _adviser(random, person, _code(random, LEARNING_CODES), some_day(random, day(9, 24), day(11, 20)))
    elif roll < 0.97:
        yield _own_word(random, person, "230", some_day(random, day(9, 10), day(11, 10)))


def _not_in_learning(random: Random, person: Person, to: Destination) -> Iterator[Activity]:
    found = some_day(random, day(9, 8), day(11, 8))
    yield _adviser(random, person, _code(random, NEET_CODES), found)
    if random.random() < 0.2:
        yield _adviser(random, person, _code(random, AGAIN_CODES), found + timedelta(days=random.randrange(22, 70)))


def _worker(random: Random, person: Person, to: Destination) -> Iterator[Activity]:
    found = some_day(random, day(9, 10), day(11, 15))
    yield _adviser(random, person, _code(random, WORK_CODES), found, employer=names.employer(random))


def _unknown(random: Random, person: Person, to: Destination) -> Iterator[Activity]:
    if random.random() < 0.3:
        yield _adviser(random, person, _code(random, NOT_KNOWN_CODES), some_day(random, day(10, 5), day(12, 10)))


def _in_custody(random: Random, person: Person, to: Destination) -> Iterator[Activity]:
    yield _adviser(random, person, "710", some_day(random, day(9, 4), day(10, 20)))


FOLLOWED = {
    lives.APPRENTICE: _apprentice,
    lives.TRAINING: _trainee,
    lives.ELSEWHERE: _elsewhere,
    lives.NEET: _not_in_learning,
    lives.WORK: _worker,
    lives.UNKNOWN: _unknown,
    lives.CUSTODY: _in_custody,
}


def _code(random: Random, shares: Mapping[str, int]) -> str:
    return random.choices(list(shares), list(shares.values()))[0]


def _adviser(random: Random, person: Person, code: str, found_on: date, *, employer: str = "") -> Activity:
    """An adviser hears of it on a day; learning began with the term, other things some days before."""
    learning = code in LEARNING_CODES and found_on >= AUTUMN
    starts = day(9, 7) if learning else found_on - timedelta(days=random.randrange(0, 9))
    verified = found_on if random.random() < 0.95 else None
    review = found_on + timedelta(days=random.randrange(20, 120)) if code in REVIEWED else None
    return Activity(person, COUNCIL, found_on, code, starts, ADVISER, verified, employer, review_on=review)


def _partner(person: Person, sender: str, code: str, starts: date, employer: str) -> Activity:
    seen = starts + timedelta(days=2)
    return Activity(person, sender, seen, code, starts, PARTNER, seen, employer)


def _own_word(random: Random, person: Person, code: str, said_on: date) -> Activity:
    return Activity(person, COUNCIL, said_on, code, said_on - timedelta(days=3), SELF, None, "own word")
