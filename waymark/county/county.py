"""Everything that is true in the county, before anybody has sent a file about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from waymark.county.activities import Activity, make_activities
from waymark.county.establishments import USUAL, Establishment, Establishments, make_establishments
from waymark.county.lives import Destination, make_destinations
from waymark.county.offers import Prospects, make_prospects
from waymark.county.people import Person, make_new_year_11, make_people, make_strangers
from waymark.county.places import Places, make_places
from waymark.county.rolls import Roll, make_rolls
from waymark.county.spells import Spell, autumn_spells, spring_spells


@dataclass(frozen=True, slots=True)
class County:
    """The truth; by serial for people, by code for establishments."""

    places: Places
    establishments: Establishments
    people: Sequence[Person]
    new_year_11: Sequence[Person]
    rolls: Mapping[int, Roll]
    destinations: Mapping[int, Destination]
    prospects: Mapping[int, Prospects]
    on_roll: Mapping[str | None, Sequence[Person]]
    new_on_roll: Mapping[str | None, Sequence[Person]]
    spring: Mapping[str, Sequence[Spell]]
    autumn: Mapping[str, Sequence[Spell]]
    activities: Mapping[str, Sequence[Activity]]


def make_county(*, seed: int, young_people: int) -> County:
    """The same seed and number give the same county, on any machine."""
    random = Random(f"county {seed} {young_people}")
    places = make_places(random, young_people)
    establishments = make_establishments(random, young_people)
    people = make_people(random, young_people, places, establishments)
    strangers = make_strangers(random, young_people + 1, max(2, young_people // 60), places)
    new = make_new_year_11(random, young_people * 2, max(4, young_people // 20), places, establishments.schools)
    rolls = make_rolls(random, people, establishments, places)
    destinations = make_destinations(random, people, rolls, establishments)
    by_code = {one.code: one for one in establishments.all()}
    senders = [one for one in establishments.colleges if one.enrolments == USUAL]
    autumn = autumn_spells(random, people, destinations, strangers, senders)
    spells = {spell.person.serial: spell for spell in autumn}
    return County(
        places=places,
        establishments=establishments,
        people=people,
        new_year_11=new,
        rolls=rolls,
        destinations=destinations,
        prospects=make_prospects(random, people, destinations, establishments),
        on_roll=_on_roll(people, rolls),
        new_on_roll=_by_roll(new),
        spring=_by_provider(spring_spells(random, people, rolls, by_code)),
        autumn=_by_provider(autumn),
        activities=_by_sender(make_activities(random, people, destinations, spells)),
    )


def provider(county: County, code: str) -> Establishment:
    return next(one for one in county.establishments.all() if one.code == code)


def _on_roll(people: Sequence[Person], rolls: Mapping[int, Roll]) -> Mapping[str | None, Sequence[Person]]:
    found: dict[str | None, list[Person]] = defaultdict(list)
    for person in people:
        for stay in rolls[person.serial].stays:
            found[stay.at].append(person)
    return dict(found)


def _by_roll(people: Sequence[Person]) -> Mapping[str | None, Sequence[Person]]:
    found: dict[str | None, list[Person]] = defaultdict(list)
    for person in people:
        found[person.at].append(person)
    return dict(found)


def _by_provider(spells: Iterable[Spell]) -> Mapping[str, Sequence[Spell]]:
    found: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        found[spell.at.code].append(spell)
    return dict(found)


def _by_sender(activities: Iterable[Activity]) -> Mapping[str, Sequence[Activity]]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        found[activity.sender].append(activity)
    return dict(found)
