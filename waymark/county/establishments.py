"""Which schools, colleges and training providers are there, and how do they keep to what is expected of them?"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from waymark.county.names import places
from waymark.county.places import AUTHORITY, DISTRICTS

SCHOOL, SIXTH_FORM_COLLEGE, COLLEGE, TRAINER = "school", "sixth-form college", "college", "training provider"
USUAL, LATE, NEVER, DECEMBER, JANUARY = "usual", "late", "never", "december", "january"


@dataclass(frozen=True, slots=True)
class Establishment:
    """`code` is what its files are sent under: a LAESTAB for a school, a UKPRN for the others."""

    code: str
    name: str
    kind: str
    urn: str
    number: str
    ukprn: str
    district: str
    size: float
    sixth_form: bool = False
    cohorts: str = USUAL
    offers: str = USUAL
    enrolments: str | None = None


@dataclass(frozen=True, slots=True)
class Establishments:
    """All of them, by kind; the last three colleges are the slow ones."""

    schools: tuple[Establishment, ...]
    sixth_form_colleges: tuple[Establishment, ...]
    colleges: tuple[Establishment, ...]
    trainers: tuple[Establishment, ...]

    def all(self) -> tuple[Establishment, ...]:
        return self.schools + self.sixth_form_colleges + self.colleges + self.trainers

    def with_year_12(self) -> tuple[Establishment, ...]:
        return tuple(school for school in self.schools if school.sixth_form) + self.sixth_form_colleges + self.colleges


def make_establishments(random: Random, young_people: int) -> Establishments:
    """As many as the county's young people need, and never fewer than it takes for every habit."""
    named = places(random)
    return Establishments(
        tuple(_schools(random, named, max(5, young_people // 320))),
        tuple(
            _one(SIXTH_FORM_COLLEGE, index, next(named) + " Sixth Form College", size=3.0, enrolments=USUAL)
            for index in range(max(1, young_people // 10_000))
        ),
        tuple(_colleges(named, max(4, young_people // 4_000))),
        tuple(
            _one(TRAINER, index, next(named) + " Training", size=1.0) for index in range(max(2, young_people // 6_000))
        ),
    )


def _schools(random: Random, named: Iterator[str], number: int) -> Iterator[Establishment]:
    for index in range(number):
        sixth_form = index % 2 == 0
        yield _one(
            SCHOOL,
            index,
            f"{next(named)} {random.choice(('School', 'Academy', 'High School'))}",
            size=0.15 if index == number - 1 else random.uniform(0.7, 1.4),
            sixth_form=sixth_form,
            cohorts=LATE if index % 20 == 2 else USUAL,
            offers=NEVER if index == number - 1 else LATE if index % 12 == 1 else USUAL,
            enrolments=USUAL if sixth_form else None,
        )


def _colleges(named: Iterator[str], number: int) -> Iterator[Establishment]:
    slow = {number - 3: (DECEMBER, 1.0), number - 2: (JANUARY, 0.6), number - 1: (NEVER, 0.4)}
    for index in range(number):
        enrolments, size = slow.get(index, (USUAL, 24.0 / (number - 3)))
        yield _one(COLLEGE, index, f"{next(named)} College", size=size, enrolments=enrolments)


URNS = {SCHOOL: 140_000, SIXTH_FORM_COLLEGE: 130_700, COLLEGE: 130_400, TRAINER: 150_000}
NUMBERS = {SCHOOL: 4_000, SIXTH_FORM_COLLEGE: 8_600, COLLEGE: 8_000, TRAINER: 9_000}
UKPRNS = {SCHOOL: 10_060_000, SIXTH_FORM_COLLEGE: 10_005_000, COLLEGE: 10_003_000, TRAINER: 10_030_000}


def _one(
    kind: str,
    index: int,
    name: str,
    *,
    size: float,
    sixth_form: bool = False,
    cohorts: str = USUAL,
    offers: str = USUAL,
    enrolments: str | None = None,
) -> Establishment:
    number = f"{NUMBERS[kind] + index:04d}"
    ukprn = str(UKPRNS[kind] + index)
    return Establishment(
        code=AUTHORITY + number if kind == SCHOOL else ukprn,
        name=name,
        kind=kind,
        urn=str(URNS[kind] + index),
        number=number,
        ukprn=ukprn,
        district=DISTRICTS[index % len(DISTRICTS)],
        size=size,
        sixth_form=sixth_form,
        cohorts=cohorts,
        offers=offers,
        enrolments=enrolments,
    )
