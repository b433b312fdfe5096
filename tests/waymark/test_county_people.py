"""Does everything happen to somebody in a county of 500, and to how many?"""

from collections import Counter
from random import Random

import pytest

from waymark.county import lives
from waymark.county.county import County, make_county
from waymark.county.establishments import DECEMBER, JANUARY, LATE, NEVER, USUAL
from waymark.county.people import ALWAYS, Person
from waymark.county.people import NEVER as NEVER_SAID
from waymark.county.pool import Pool
from waymark.county.spells import PLOTS


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(seed=8, young_people=500)


def test_half_are_in_year_11_and_nobody_is_twice_in_it(county: County) -> None:
    assert Counter(person.year_group for person in county.people) == {11: 250, 12: 250}
    assert len({person.upn for person in county.people}) == 500
    assert len({person.uln for person in county.people}) == 500


def test_every_person_is_of_the_age_of_their_year_group(county: County) -> None:
    for person in (*county.people, *county.new_year_11):
        turns_16_in = 2026 - (person.year_group - 11)
        academic_year = person.born_on.year + (1 if person.born_on.month >= 9 else 0)
        assert academic_year + 16 == turns_16_in


def test_only_twins_share_name_and_birth_and_they_live_apart(county: County) -> None:
    everyone = [*county.people]
    named = Counter((person.surname, person.forename, person.born_on) for person in everyone)
    pairs = [[one for one in everyone if _name(one) == name] for name, times in named.items() if times > 1]
    assert pairs
    for one, other in pairs:
        assert one.twin
        assert other.twin
        assert one.postcode != other.postcode
        assert NEVER_SAID in {one.uln_in_cohort_from, other.uln_in_cohort_from}


def _name(person: Person) -> tuple[object, ...]:
    return person.surname, person.forename, person.born_on


def test_some_have_no_uln_in_the_cohort_and_some_a_temporary_upn_at_first(county: County) -> None:
    assert sum(person.uln_in_cohort_from == NEVER_SAID for person in county.people) > 50
    temporary = [person for person in county.people if person.temporary_upn]
    assert {person.uln_in_cohort_from for person in temporary} == {ALWAYS, NEVER_SAID}
    assert all(str(person.temporary_upn)[-1].isalpha() for person in temporary)


def test_people_have_every_kind_of_roll(county: County) -> None:
    stories = {roll.story for roll in county.rolls.values()}
    assert stories >= {f"leaves, {status}" for status in "TELAMD"}
    assert stories >= {
        "joins", "joins, no day", "joins on 1 June", "left by mistake", "missing from July's file", "changes schools",
        "moves house", "repeats",
    }  # fmt: skip


def test_people_have_every_kind_of_enrolment(county: County) -> None:
    spells = [spell for of_provider in county.autumn.values() for spell in of_provider]
    assert {spell.story for spell in spells} == {"", *PLOTS}


def test_most_go_on_in_learning_and_a_few_in_every_hundred_do_not() -> None:
    county = make_county(seed=8, young_people=2000)
    share = {kind: times / 2000 for kind, times in Counter(to.kind for to in county.destinations.values()).items()}
    assert 0.015 < share[lives.NEET] < 0.05
    assert share[lives.UNKNOWN] < 0.02
    assert share[lives.STAYS_ON] + share[lives.COLLEGE] + share[lives.OWN] + share[lives.SIXTH_FORM] > 0.75


def test_providers_keep_to_what_is_expected_in_every_way(county: County) -> None:
    everyone = county.establishments.all()
    assert {one.enrolments for one in everyone} == {USUAL, DECEMBER, JANUARY, NEVER, None}
    assert {one.offers for one in everyone} == {USUAL, LATE, NEVER}
    assert {one.cohorts for one in everyone} == {USUAL, LATE}
    assert len({one.name for one in everyone}) == len(everyone)


def test_postcodes_are_lacking_learnt_later_and_placed_next_door(county: County) -> None:
    places = county.places
    first, later = ({entry.postcode for entry in entries} for entries in (places.directory, places.directory_later))
    assert set(places.here) - first - later
    assert later - first
    assert any(entry.to_on for entry in places.directory)
    assert {person.postcode for person in county.people} & set(places.next_door)


def test_taking_a_share_takes_at_least_one_and_nobody_twice() -> None:
    pool = Pool(range(10), Random(1))
    first = pool.take(0.01)
    even = pool.take(0.4, lambda number: number % 2 == 0)
    rest = pool.take(1.0)
    assert len(first) == 1
    assert all(number % 2 == 0 for number in even)
    assert sorted(first + even + rest) == list(range(10))
