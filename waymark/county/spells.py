"""What do schools and colleges say of each enrolment, and how does it change from file to file?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from waymark.county import lives
from waymark.county.dates import CAMPAIGN, OPENS, SURVEY, day, some_day
from waymark.county.establishments import Establishment
from waymark.county.lives import Destination
from waymark.county.people import ALWAYS, Person
from waymark.county.pool import Pool
from waymark.county.rolls import Roll

ENROLLED, EXPECTED, DID_NOT_START, LEFT = "enrolled", "expected", "did not start", "left"
LEARNT = ("A levels", "BTEC Sport", "T Level Health", "T Level Digital", "Level 1 Skills", "Level 2 Motor Vehicle")
REASONS = ("withdrawn", "moved away", "found work", "not known")


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider says of the enrolment in the files from a day on."""

    from_on: date
    status: str
    starts_on: date
    ended_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """One enrolment of one person at one provider."""

    person: Person
    at: Establishment
    course: str
    kind: str
    hours: str
    expected_end: date | None
    said: tuple[Said, ...]
    code: str = ""
    story: str = ""

    def said_by(self, sent_on: date) -> Said | None:
        known = [one for one in self.said if one.from_on <= sent_on]
        return known[-1] if known else None


def spring_spells(
    random: Random, people: Sequence[Person], rolls: Mapping[int, Roll], by_code: Mapping[str, Establishment]
) -> list[Spell]:
    """Year 12's present courses, as their providers say in May."""
    return [
        _spell(random, person, by_code[person.at], _last_autumn(random), "Year 12 programme")
        for person in people
        if person.year_group == 12 and person.at and rolls[person.serial].stays[0].seen_from < OPENS
    ]


def _last_autumn(random: Random) -> date:
    return some_day(random, date(CAMPAIGN - 1, 9, 1), date(CAMPAIGN - 1, 9, 12))


def autumn_spells(
    random: Random,
    people: Sequence[Person],
    destinations: Mapping[int, Destination],
    strangers: Sequence[Person],
    colleges: Sequence[Establishment],
) -> list[Spell]:
    """From September: those whose destination sends enrolments, strangers among them, with all that goes wrong."""
    plain = [
        _spell(random, person, at, _start(random), random.choice(LEARNT))
        for person in people
        if (at := destinations[person.serial].at) is not None and at.enrolments is not None
        if destinations[person.serial].kind != lives.TRAINING
    ]
    plain += [_spell(random, one, random.choice(colleges), _start(random), random.choice(LEARNT)) for one in strangers]
    pool = Pool(plain, random)
    changed = {
        spell.person.serial: replace(plot(random, spell), story=story)
        for story, (share, plot) in PLOTS.items()
        for spell in pool.take(share)
    }
    return [changed.get(spell.person.serial, spell) for spell in plain]


def _start(random: Random) -> date:
    return some_day(random, day(9, 1), day(9, 10))


def _spell(random: Random, person: Person, at: Establishment, starts_on: date, course: str) -> Spell:
    roll = random.random()
    hours = random.choice(
        ("580", "600", "640", "675") if roll > 0.06 else ("240", "360", "450") if roll > 0.03 else ("",)
    )
    kind = random.choices(("education", "training", "employment with study", "apprenticeship"), (95, 2, 1, 2))[0]
    ends = some_day(random, date(starts_on.year + 1, 7, 1), date(starts_on.year + 1, 7, 20))
    expected = random.choices((ends, ends.replace(year=ends.year + 1), None), (50, 40, 10))[0]
    said = (Said(ALWAYS, ENROLLED, starts_on),)
    return Spell(person, at, course, kind, hours, expected, said)


def _late(random: Random, spell: Spell) -> Spell:
    starts = some_day(random, day(9, 8), day(9, 25))
    return replace(spell, said=(Said(day(10, 1), ENROLLED, starts),))


def _expected_first(random: Random, spell: Spell) -> Spell:
    starts = spell.said[0].starts_on
    return replace(spell, said=(Said(ALWAYS, EXPECTED, starts), Said(day(10, 5), ENROLLED, starts)))


def _expected_again(random: Random, spell: Spell) -> Spell:
    starts = spell.said[0].starts_on
    said = (Said(ALWAYS, EXPECTED, starts), Said(day(10, 5), ENROLLED, starts), Said(day(11, 2), EXPECTED, starts))
    return replace(spell, said=said)


def _start_moves(random: Random, spell: Spell) -> Spell:
    first = spell.said[0].starts_on
    moved = first + timedelta(days=random.choice((-8, -3, 5, 12, 14, 15, 24)))
    return replace(spell, said=(Said(ALWAYS, ENROLLED, first), Said(day(10, 5), ENROLLED, moved)))


def _did_not_start(random: Random, spell: Spell) -> Spell:
    starts = spell.said[0].starts_on
    first = random.choice((ENROLLED, EXPECTED))
    return replace(spell, said=(Said(ALWAYS, first, starts), Said(day(9, 20), DID_NOT_START, starts)))


def _leaves(first: date, last: date) -> Callable[[Random, Spell], Spell]:
    def leaves(random: Random, spell: Spell) -> Spell:
        starts, ended = spell.said[0].starts_on, some_day(random, first, last)
        left = Said(ended + timedelta(days=1), LEFT, starts, ended, random.choice(REASONS))
        return replace(spell, said=(Said(ALWAYS, ENROLLED, starts), left))

    return leaves


def _comes_back(random: Random, spell: Spell) -> Spell:
    left = _leaves(day(9, 24), day(10, 14))(random, spell)
    return replace(left, said=(*left.said, Said(day(11, 1), ENROLLED, left.said[0].starts_on)))


def _starts(on: date) -> Callable[[Random, Spell], Spell]:
    def starts(random: Random, spell: Spell) -> Spell:
        return replace(spell, said=(Said(ALWAYS, EXPECTED, on), Said(day(11, 3), ENROLLED, on)))

    return starts


def _nobody_moved_the_end(random: Random, spell: Spell) -> Spell:
    return replace(spell, expected_end=some_day(random, day(10, 9), day(12, 18)))


def _coded(random: Random, spell: Spell) -> Spell:
    return replace(spell, code=random.choice(("240", "250", "270", "280")), kind=random.choice(("education", "")))


PLOTS: Mapping[str, tuple[float, Callable[[Random, Spell], Spell]]] = {
    "late": (0.07, _late),
    "expected first": (0.02, _expected_first),
    "expected again": (0.004, _expected_again),
    "start moves": (0.02, _start_moves),
    "did not start": (0.015, _did_not_start),
    "leaves": (0.03, _leaves(day(9, 25), day(12, 10))),
    "leaves on 31 October": (0.001, _leaves(SURVEY - timedelta(days=1), SURVEY - timedelta(days=1))),
    "leaves on 1 November": (0.001, _leaves(SURVEY, SURVEY)),
    "leaves on 2 November": (0.001, _leaves(SURVEY + timedelta(days=1), SURVEY + timedelta(days=1))),
    "comes back": (0.004, _comes_back),
    "end not moved": (0.002, _nobody_moved_the_end),
    "starts on 31 October": (0.001, _starts(SURVEY - timedelta(days=1))),
    "starts on 1 November": (0.001, _starts(SURVEY)),
    "starts on 2 November": (0.001, _starts(SURVEY + timedelta(days=1))),
    "coded": (0.02, _coded),
}
