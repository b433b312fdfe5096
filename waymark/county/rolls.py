"""On whose roll is each young person when, and what do the cohort files say of it?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from waymark.county.dates import AUTUMN, SNAPSHOT, day, some_day
from waymark.county.establishments import LATE, Establishments
from waymark.county.people import ALWAYS, NEVER, Person
from waymark.county.places import NEIGHBOUR, Places
from waymark.county.pool import Pool

BY_UPN, BY_ULN, BY_NAME = "first by mistake, UPN", "first by mistake, ULN", "first by mistake, name"
JOINS = "joins, no day"
SUMMER = (day(6, 5), day(7, 12))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A leaving status that the files say from a day on, until they take it back."""

    status: str
    left_on: date
    said_from: date
    moved_to: str = ""
    taken_back_from: date = NEVER


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay on one roll, in the files sent from `seen_from` and before `seen_until`; `at` None is on no roll."""

    at: str | None
    seen_from: date = ALWAYS
    seen_until: date = AUTUMN
    joined_on: date | None = None
    leaving: Leaving | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """A person's stays in order, the new address if they move, and the day from which they are gone for good."""

    stays: tuple[Stay, ...]
    moves_on: date = NEVER
    new_postcode: str = ""
    gone_on: date = NEVER
    repeats: bool = False
    story: str = ""

    def last(self) -> Stay:
        return self.stays[-1]


def make_rolls(
    random: Random, people: Sequence[Person], establishments: Establishments, places: Places
) -> Mapping[int, Roll]:
    """Everybody's roll, by serial; most stay where they are in May until the summer."""
    late = {one.code for one in establishments.schools if one.cohorts == LATE}
    rolls = {person.serial: Roll((Stay(person.at),)) for person in people}
    plain = [one for one in people if one.at and one.at not in late and not one.twin and not one.temporary_upn]
    pool = Pool(plain, random)
    others = _others(establishments)
    rolls |= dict(_joiners(random, pool))
    rolls |= dict(_leavers(random, pool))
    rolls |= dict(_movers(random, pool, others, places))
    rolls |= {one.serial: Roll((Stay(one.at),), repeats=True, story="repeats") for one in pool.take(0.003, _in_year_12)}
    return rolls


def _in_year_12(person: Person) -> bool:
    return person.year_group == 12


def _knows_its_uln(person: Person) -> bool:
    return person.year_group == 11 and person.uln_in_cohort_from == ALWAYS


def _others(establishments: Establishments) -> Mapping[int, Sequence[str]]:
    return {
        11: [one.code for one in establishments.schools],
        12: [one.code for one in establishments.with_year_12()],
    }


def _joiners(random: Random, pool: Pool[Person]) -> Iterator[tuple[int, Roll]]:
    """After the freeze, with and without `Joined on`; and before it with a day after 31 May."""
    for person in pool.take(0.008):
        joined = some_day(random, day(6, 2), day(7, 6))
        yield person.serial, Roll((Stay(person.at, joined, joined_on=joined),), story="joins")
    for person in pool.take(0.006):
        yield person.serial, Roll((Stay(person.at, some_day(random, day(6, 6), day(7, 6))),), story=JOINS)
    for person in pool.take(0.002):
        yield person.serial, Roll((Stay(person.at, joined_on=day(6, 1)),), story="joins on 1 June")
    for story in (BY_UPN, BY_ULN, BY_NAME):
        for person in pool.take(0.0, _knows_its_uln):
            yield person.serial, Roll((Stay(person.at, day(7, 1)),), story=story)


LEAVING = {"T": 0.005, "E": 0.002, "L": 0.002, "A": 0.001, "M": 0.0005, "D": 0.0005}


def _leavers(random: Random, pool: Pool[Person]) -> Iterator[tuple[int, Roll]]:
    """With each status, in spring and summer; by mistake; and dropped from the files without a word."""
    for status, share in LEAVING.items():
        for person in pool.take(share):
            left = some_day(random, *SUMMER)
            yield person.serial, _left(person, status, left, said=left)
    for person in pool.take(0.002):
        left = some_day(random, day(5, 2), SNAPSHOT)
        yield person.serial, _left(person, "T", left, said=left)
    for person in pool.take(0.003):
        leaving = Leaving("L", some_day(random, day(6, 1), day(6, 14)), day(6, 14), taken_back_from=day(7, 1))
        yield person.serial, Roll((Stay(person.at, leaving=leaving),), story="left by mistake")
    for person in pool.take(0.004):
        yield person.serial, Roll((Stay(person.at, seen_until=day(7, 1)),), story="missing from July's file")


def _left(person: Person, status: str, left: date, *, said: date) -> Roll:
    leaving = Leaving(status, left, said, NEIGHBOUR if status == "T" else "")
    return Roll((Stay(person.at, leaving=leaving),), gone_on=left, story=f"leaves, {status}")


def _movers(
    random: Random, pool: Pool[Person], others: Mapping[int, Sequence[str]], places: Places
) -> Iterator[tuple[int, Roll]]:
    """From school to school, with and without a day; and from house to house, also out of the area."""
    for index, person in enumerate(pool.take(0.008)):
        choices = [code for code in others[person.year_group] if code != person.at]
        joined = some_day(random, day(6, 16), day(7, 5))
        stays = (
            Stay(person.at, seen_until=day(6, 15)),
            Stay(random.choice(choices), day(6, 16), joined_on=joined if index % 2 else None),
        )
        yield person.serial, Roll(stays, story="changes schools")
    for index, person in enumerate(pool.take(0.015)):
        postcode = random.choice(places.next_door if index % 6 == 0 else places.here)
        moves = some_day(random, day(6, 20), day(9, 20))
        yield person.serial, Roll((Stay(person.at),), moves_on=moves, new_postcode=postcode, story="moves house")


def in_file(stay: Stay, sent_on: date) -> bool:
    return stay.seen_from <= sent_on < stay.seen_until


def leaving_said(stay: Stay, sent_on: date) -> Leaving | None:
    """The leaving status that a file of this day gives, if any."""
    leaving = stay.leaving
    if leaving and leaving.said_from <= sent_on < leaving.taken_back_from:
        return leaving
    return None


def at_home(person: Person, roll: Roll, sent_on: date) -> Person:
    """The person with the address that is known on that day."""
    return replace(person, postcode=roll.new_postcode) if sent_on >= roll.moves_on else person
