"""Who are the young people, and what do their schools know of them?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from waymark.county import identifiers, names
from waymark.county.dates import CAMPAIGN, day, some_day
from waymark.county.establishments import COLLEGE, SIXTH_FORM_COLLEGE, Establishment, Establishments
from waymark.county.places import AUTHORITY, Places
from waymark.county.pool import Pool

NEVER = date.max
ALWAYS = date.min
ETHNICITIES = {
    "WBRI": 74,
    "WOTH": 4,
    "MWAS": 2,
    "MWBC": 2,
    "APKN": 6,
    "AIND": 3,
    "BCRB": 2,
    "BAFR": 3,
    "CHNE": 1,
    "OOTH": 2,
    "NOBT": 1,
}
CHARACTERISTICS = ("110", "120", "130", "140", "150", "160", "170", "180", "190", "200", "210", "110;200", "140;210")


@dataclass(frozen=True, slots=True)
class Person:
    """One young person; `at` is the code of the establishment on whose roll they are in May, None on no roll."""

    serial: int
    upn: str
    uln: str
    surname: str
    forename: str
    born_on: date
    sex: str
    ethnicity: str
    postcode: str
    address: str
    phone: str
    year_group: int
    at: str | None
    sen: str = "N"
    characteristics: str = ""
    roni: str = ""
    continuing: str = ""
    opted_out: bool = False
    uln_in_cohort_from: date = ALWAYS
    temporary_upn: str | None = None
    upn_known_from: date = ALWAYS
    twin: bool = False


def make_person(random: Random, places: Places, *, serial: int, year_group: int, at: str | None) -> Person:
    """Somebody of that year group; the school year of birth follows from it."""
    year = CAMPAIGN - 6 - year_group
    return Person(
        serial=serial,
        upn=identifiers.upn(AUTHORITY, 2000 + serial // 1000, 26 - year_group, serial % 1000),
        uln=identifiers.uln(serial),
        surname=names.surname(random),
        forename=names.forename(random),
        born_on=some_day(random, date(year, 9, 1), date(year + 1, 8, 31)),
        sex=random.choice("MF") if random.random() < 0.99 else "U",
        ethnicity=random.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0],
        postcode=random.choice(places.here),
        address=f"{random.randrange(1, 120)} {random.choice(names.STREETS)}",
        phone=f"07700 900{random.randrange(1000):03d}",
        year_group=year_group,
        at=at,
        sen=random.choices("NKE", (82, 13, 5))[0],
        characteristics=random.choice(CHARACTERISTICS) if random.random() < 0.05 else "",
        roni=random.choice(("", "", "low", "low", "medium", "high")),
        continuing=("Y" if random.random() < 0.85 else random.choice("N ")).strip() if year_group == 12 else "",
        opted_out=random.random() < 0.002,
    )


def make_people(random: Random, number: int, places: Places, establishments: Establishments) -> list[Person]:
    """The campaign's young people, half of them in Year 11, nobody with another's name and birth but the twins."""
    rolls = {11: establishments.schools, 12: establishments.with_year_12()}
    shares = {group: [_share(one, group) for one in ones] for group, ones in rolls.items()}
    people: list[Person] = []
    taken: set[tuple[str, str, date]] = set()
    for serial in range(1, number + 1):
        group = 11 if serial <= number - number // 2 else 12
        at = random.choices(rolls[group], shares[group])[0].code
        person = make_person(random, places, serial=serial, year_group=group, at=at)
        while (person.surname, person.forename, person.born_on) in taken:
            person = replace(person, surname=names.surname(random))
        taken.add((person.surname, person.forename, person.born_on))
        people.append(person)
    return _with_peculiarities(random, people, places)


def _share(establishment: Establishment, year_group: int) -> float:
    if year_group == 11:
        return establishment.size
    return establishment.size * {COLLEGE: 1.0, SIXTH_FORM_COLLEGE: 1.6}.get(establishment.kind, 1.0)


def _with_peculiarities(random: Random, people: Sequence[Person], places: Places) -> list[Person]:
    """What is unusual about their numbers, addresses and rolls; one thing a person at most."""
    pool = Pool(people, random)
    changed = [replace(person, at=None) for person in pool.take(0.008)]
    changed += [replace(person, uln_in_cohort_from=NEVER) for person in pool.take(0.2)]
    changed += [replace(person, uln_in_cohort_from=day(7, 10)) for person in pool.take(0.02)]
    away = pool.take(0.008, _in_year_11) + pool.take(0.008, _in_year_12)
    changed += [replace(person, postcode=random.choice(places.next_door)) for person in away]
    changed += [_temporary(person, day(6, 8), ALWAYS) for person in pool.take(0.004)]
    changed += [_temporary(person, day(5, 25), NEVER) for person in pool.take(0.004)]
    changed += list(_twins(pool, places, random))
    by_serial = {person.serial: person for person in people} | {person.serial: person for person in changed}
    return [by_serial[person.serial] for person in people]


def _temporary(person: Person, known_from: date, uln_from: date) -> Person:
    """After the freeze the ULN joins the two numbers, before it the name alone."""
    number = identifiers.temporary_upn(AUTHORITY, 2000 + person.serial // 1000, 26, person.serial)
    return replace(person, temporary_upn=number, upn_known_from=known_from, uln_in_cohort_from=uln_from)


def _in_year_11(person: Person) -> bool:
    return person.year_group == 11


def _in_year_12(person: Person) -> bool:
    return person.year_group == 12


def _twins(pool: Pool[Person], places: Places, random: Random) -> Iterator[Person]:
    """Pairs who share surname, forename and birth but not the postcode; the cohort has the ULN of one of them."""
    for one in pool.take(0.002, _in_year_11):
        for other in pool.take(0.0, _in_year_11):
            elsewhere = random.choice([postcode for postcode in places.here[:20] if postcode != one.postcode])
            yield replace(one, twin=True)
            yield replace(
                other,
                surname=one.surname,
                forename=one.forename,
                born_on=one.born_on,
                postcode=elsewhere,
                uln_in_cohort_from=NEVER,
                twin=True,
            )


def make_new_year_11(
    random: Random, first: int, number: int, places: Places, schools: Sequence[Establishment]
) -> list[Person]:
    """Those who are in Year 11 from September, for the next campaign's cohort files."""
    return [
        make_person(random, places, serial=first + index, year_group=10, at=random.choice(schools).code)
        for index in range(number)
    ]


def make_strangers(random: Random, first: int, number: int, places: Places) -> list[Person]:
    """People at colleges whom no cohort file knows: they live elsewhere, and their rows wait."""
    made = (make_person(random, places, serial=first + index, year_group=11, at=None) for index in range(number))
    return [replace(person, postcode=random.choice(places.next_door)) for person in made]
