"""Who sends what on which day of the year, when nothing goes wrong?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from random import Random

from waymark.county.cohort_files import autumn_leavers, cohort_file, next_cohort_file, partial_cohort_file
from waymark.county.council_files import (
    activities_file,
    establishments_file,
    expectations_file,
    postcodes_file,
    put_off_file,
)
from waymark.county.county import County
from waymark.county.dates import CAMPAIGN, FREEZE, OPENS, day, working_day
from waymark.county.enrolment_files import enrolments_file
from waymark.county.establishments import DECEMBER, JANUARY, LATE, NEVER, TRAINER, USUAL, Establishment
from waymark.county.naming import Register
from waymark.county.offer_files import offers_file
from waymark.county.sheet import COUNCIL, Sheet

Make = Callable[[], Sheet]

OFFERS = {
    USUAL: ((5, 12, 29), (6, 15, 25), (7, 8, 17), (9, 1, 7), (9, 21, 30)),
    LATE: ((8, 19, 21), (9, 21, 25)),
    NEVER: (),
}
ENROLMENTS = {
    USUAL: ((9, 4, 17), (10, 15, 20), (11, 4, 16)),
    DECEMBER: ((12, 10, 10),),
    JANUARY: ((1, 14, 14),),
    NEVER: (),
}
ADVISERS = [
    day(5, 14), day(5, 28), day(6, 24), day(7, 8), day(7, 22), day(9, 16), day(9, 30), day(10, 14), day(10, 28),
    day(11, 11), day(11, 25), day(12, 9), day(12, 23), day(1, 20),
]  # fmt: skip
TRAINERS = [day(7, 22), day(8, 5), day(9, 2), day(9, 30), day(10, 14)]
PUT_OFF_TO = day(9, 28)


@dataclass(frozen=True, slots=True)
class Sending:
    """A file that is made on its day, when what was said before is known."""

    on: date
    make: Make


def usual_sendings(random: Random, county: County, register: Register) -> Iterator[Sending]:
    """Everything but the mistakes, in no order; of one day in the order of this list."""
    yield from _council(county)
    put_off = next(one for one in county.establishments.schools if one.sixth_form)
    yield Sending(day(9, 8), partial(put_off_file, put_off.code, PUT_OFF_TO, day(9, 8)))
    for one in county.establishments.all():
        if one.kind != TRAINER:
            yield from _cohorts(random, county, register, one)
            yield from _offers(random, county, register, one)
            yield from _enrolments(random, county, register, one, first=day(9, 25) if one is put_off else None)
    yield from _next_cohorts(random, county, register)
    yield from _activities(random, county, register, COUNCIL, ADVISERS)
    for trainer in county.establishments.trainers:
        yield from _activities(random, county, register, trainer.code, TRAINERS)


def _council(county: County) -> Iterator[Sending]:
    yield Sending(OPENS, partial(establishments_file, county, OPENS))
    yield Sending(OPENS, partial(expectations_file, county, OPENS))
    yield Sending(OPENS, partial(postcodes_file, county.places.directory, OPENS))
    for on in (day(5, 22), day(7, 15)):
        yield Sending(on, partial(cohort_file, county, Register(), None, on))
    later = day(10, 2)
    yield Sending(later, partial(postcodes_file, county.places.directory_later, later, tag="later"))


def _cohorts(random: Random, county: County, register: Register, one: Establishment) -> Iterator[Sending]:
    first = FREEZE - timedelta(days=1) if one.cohorts == LATE else working_day(random, day(5, 5), day(5, 22))
    days = [first, working_day(random, day(6, 15), day(6, 24)), working_day(random, day(7, 13), day(7, 17))]
    if one.cohorts == USUAL and random.random() < 0.3:
        days.append(day(5, 28))
    for on in days:
        yield Sending(on, partial(cohort_file, county, register, one.code, on))
    numbered = [
        person
        for person in county.on_roll.get(one.code, ())
        if person.temporary_upn and person.upn_known_from == day(5, 25)
    ]
    if numbered:
        on = day(5, 26)
        yield Sending(on, partial(partial_cohort_file, numbered, one.code, on, tag="numbers"))


def _offers(random: Random, county: County, register: Register, one: Establishment) -> Iterator[Sending]:
    for month, first, last in OFFERS[one.offers]:
        on = working_day(random, day(month, first), day(month, last))
        yield Sending(on, partial(offers_file, random, county, register, one.code, on))


def _enrolments(
    random: Random, county: County, register: Register, one: Establishment, *, first: date | None
) -> Iterator[Sending]:
    spring, autumn = county.spring.get(one.code, ()), county.autumn.get(one.code, ())
    if spring and one.enrolments in {USUAL, DECEMBER}:
        on = working_day(random, day(5, 4), day(5, 19))
        yield Sending(on, partial(enrolments_file, random, spring, register, one.code, on))
    days = [
        working_day(random, day(month, a), day(month, b)) for month, a, b in ENROLMENTS.get(one.enrolments or "", ())
    ]
    if first is not None:
        days[0] = first
    if one.enrolments == USUAL and random.random() < 0.35:
        days.append(working_day(random, day(12, 14), day(12, 18)))
    for on in days:
        yield Sending(on, partial(enrolments_file, random, autumn, register, one.code, on))


def _next_cohorts(random: Random, county: County, register: Register) -> Iterator[Sending]:
    """The next academic year's rolls, once with `campaign` and mostly without; not from those who are late anyway."""
    senders = [
        one.code for one in county.establishments.all() if one.kind != TRAINER and one.enrolments in {USUAL, None}
    ]
    leavers = autumn_leavers(random, county, senders)
    for code in senders:
        for index, (month, first, last) in enumerate(((9, 7, 16), (10, 5, 12), (11, 23, 27))):
            on = working_day(random, day(month, first), day(month, last))
            campaign = CAMPAIGN + 1 if index == 1 else None
            gone = leavers if month == 11 else frozenset[int]()
            made = partial(next_cohort_file, county, register, code, on, campaign=campaign, leavers=gone)
            yield Sending(on, made)


def _activities(random: Random, county: County, register: Register, sender: str, days: list[date]) -> Iterator[Sending]:
    for before, on in pairwise([date.min, *days]):
        found = [one for one in county.activities.get(sender, ()) if before < one.said_from <= on]
        yield Sending(on, partial(activities_file, random, found, register, sender, on))
