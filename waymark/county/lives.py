"""What does each young person do from September, and what is said of it on the way?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from waymark.county.dates import AUTUMN
from waymark.county.establishments import Establishment, Establishments
from waymark.county.people import Person
from waymark.county.rolls import Roll


@dataclass(frozen=True, slots=True)
class Destination:
    """Where someone goes in September: a kind, and the establishment where the kind has one of ours."""

    kind: str
    at: Establishment | None = None


OWN, SIXTH_FORM, COLLEGE, TRAINING, APPRENTICE = "own sixth form", "sixth form", "college", "training", "apprenticeship"
ELSEWHERE, NEET, WORK, UNKNOWN, CUSTODY, GONE = "elsewhere", "neet", "work", "unknown", "custody", "gone"
STAYS_ON, MOVES_ON = "stays on", "moves on"

YEAR_11 = {
    SIXTH_FORM: 35,
    COLLEGE: 48,
    TRAINING: 2.5,
    APPRENTICE: 3.5,
    ELSEWHERE: 5,
    NEET: 2.6,
    WORK: 1.2,
    UNKNOWN: 0.6,
    CUSTODY: 0.2,
}
YEAR_12 = {
    MOVES_ON: 6,
    TRAINING: 1.2,
    APPRENTICE: 3.2,
    ELSEWHERE: 1,
    NEET: 2.8,
    WORK: 1.6,
    UNKNOWN: 0.6,
    CUSTODY: 0.2,
}


def make_destinations(
    random: Random, people: Sequence[Person], rolls: Mapping[int, Roll], establishments: Establishments
) -> Mapping[int, Destination]:
    """By serial; those who left the county before September go nowhere of ours."""
    by_code = {one.code: one for one in establishments.all()}
    return {
        person.serial: _destination(random, person, rolls[person.serial], establishments, by_code) for person in people
    }


def _destination(
    random: Random, person: Person, roll: Roll, establishments: Establishments, by_code: Mapping[str, Establishment]
) -> Destination:
    if roll.gone_on < AUTUMN:
        return Destination(GONE)
    at = by_code.get(roll.last().at or "")
    if roll.repeats:
        return Destination(STAYS_ON, at)
    shares = _shares(person)
    kind = random.choices(list(shares), list(shares.values()))[0]
    if kind == STAYS_ON and at is not None:
        return Destination(STAYS_ON, at)
    if kind == SIXTH_FORM:
        return _to_a_sixth_form(random, at, establishments)
    if kind in {COLLEGE, MOVES_ON, STAYS_ON}:
        return Destination(COLLEGE, _by_size(random, [one for one in establishments.colleges if one is not at]))
    if kind in {TRAINING, APPRENTICE}:
        return Destination(kind, random.choice(establishments.trainers))
    return Destination(kind)


def _shares(person: Person) -> Mapping[str, float]:
    """Whose course goes on mostly stays on; the others look for something new."""
    if person.year_group == 11:
        return YEAR_11
    return {STAYS_ON: 200 if person.continuing == "Y" else 3, **YEAR_12}


def _to_a_sixth_form(random: Random, at: Establishment | None, establishments: Establishments) -> Destination:
    if at is not None and at.sixth_form and random.random() < 0.7:
        return Destination(OWN, at)
    sixth_forms = [school for school in establishments.schools if school.sixth_form]
    return Destination(SIXTH_FORM, _by_size(random, [*sixth_forms, *establishments.sixth_form_colleges]))


def _by_size(random: Random, choices: Sequence[Establishment]) -> Establishment:
    return random.choices(choices, [one.size for one in choices])[0]
