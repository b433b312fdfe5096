"""Which files are sent by mistake and withdrawn, and whom does the council except from or into the frozen cohort?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from random import Random

from waymark.county.cohort_files import partial_cohort_file
from waymark.county.county import County
from waymark.county.dates import CAMPAIGN, day
from waymark.county.enrolment_files import enrolments_file, wrong_enrolments_file
from waymark.county.establishments import USUAL, Establishment
from waymark.county.naming import Register
from waymark.county.offer_files import offers_file, one_offer
from waymark.county.people import ALWAYS, NEVER, Person
from waymark.county.places import NEIGHBOUR
from waymark.county.rolls import BY_NAME, BY_ULN, BY_UPN, JOINS, Leaving
from waymark.county.schedule import Sending
from waymark.county.sheet import Row, Sheet


@dataclass(frozen=True, slots=True)
class CohortException:
    """A named exception to the frozen cohort."""

    on: date
    upn: str
    op: str
    reason: str


def mistaken_sendings(random: Random, county: County) -> Iterator[Sending]:
    """Files of other people's pupils, of leavers who have not left, of offers that are none; and files sent twice."""
    schools = [one for one in county.establishments.schools if one.cohorts == USUAL]
    first, second, third = schools[0], schools[1], schools[-1]
    yield Sending(day(5, 29), partial(_of_other_schools, random, county, third))
    yield Sending(day(6, 29), partial(_said_to_have_left, random, county, first))
    yield Sending(day(6, 18), partial(_no_offers, random, county, first))
    college = county.establishments.colleges[0]
    spells = county.autumn.get(college.code, ())
    yield Sending(day(10, 9), partial(wrong_enrolments_file, random, spells, college.code, day(10, 9), day(10, 13)))
    sixth_form = first.code
    again = county.autumn.get(sixth_form, ())
    on = day(10, 21)
    yield Sending(on, partial(enrolments_file, random, again, Register(), sixth_form, on, tag="again"))
    yield Sending(day(9, 14), partial(_last_year_corrected, county, second))
    yield from _before_their_cohort(county)
    yield from _only_by_mistake(county)


def _plain(county: County, code: str | None) -> list[Person]:
    """Those on this roll of whom nothing else is told."""
    return [
        person
        for person in county.on_roll.get(code, ())
        if not county.rolls[person.serial].story and not person.temporary_upn and not person.twin
    ]


def _of_other_schools(random: Random, county: County, school: Establishment) -> Sheet:
    others = [person for code in county.on_roll if code not in {school.code, None} for person in _plain(county, code)]
    mistaken = random.sample(others, min(len(others), 5))
    return partial_cohort_file(mistaken, school.code, day(5, 29), tag="wrong", withdrawn_on=day(6, 9))


def _said_to_have_left(random: Random, county: County, school: Establishment) -> Sheet:
    gone = [person for person in _plain(county, school.code) if random.random() < 0.5]
    leaving = Leaving("T", day(6, 26), day(6, 26), NEIGHBOUR)
    return partial_cohort_file(gone, school.code, day(6, 29), tag="wrong", withdrawn_on=day(7, 2), leaving=leaving)


def _no_offers(random: Random, county: County, school: Establishment) -> Sheet:
    sheet = offers_file(random, county, Register(), school.code, day(6, 18))
    rows = dict(zip(sheet.people, (_none(row) for row in sheet.rows), strict=True))
    return replace(sheet, rows=tuple(rows.values()), people=tuple(rows), tag="wrong", withdrawn_on=day(6, 23))


OF_AN_OFFER = (
    "Offer type",
    "Provider ID",
    "Provider name",
    "Course",
    "Offer date",
    "Guarantee status code",
    "Status date",
)


def _none(row: Row) -> Row:
    return {**row, **dict.fromkeys(OF_AN_OFFER, ""), "Offer status": "none"}


def _last_year_corrected(county: County, school: Establishment) -> Sheet:
    corrected = [replace(person, phone="07700 900000") for person in _plain(county, school.code)[:3]]
    return partial_cohort_file(corrected, school.code, day(9, 14), tag="last-year", campaign=CAMPAIGN)


def _before_their_cohort(county: County) -> Iterator[Sending]:
    """Offers of joiners whose first cohort row is still to come: by UPN, by ULN alone, by name alone."""
    joiners = [
        person
        for person in county.people
        if county.rolls[person.serial].story == JOINS and person.uln_in_cohort_from == ALWAYS
    ]
    for person, story in zip(joiners, (BY_UPN, BY_ULN, BY_NAME), strict=False):
        if person.at is not None:
            made = partial(
                one_offer, county, person, _named(person, story), day(6, 5), person.at, tag=f"early-{person.serial}"
            )
            yield Sending(day(6, 5), made)


def _only_by_mistake(county: County) -> Iterator[Sending]:
    """A withdrawn cohort file was the only source of the person, or of the ULN: small offers files rest on it."""
    told = {county.rolls[person.serial].story: person for person in county.people}
    for story, wrong, between, withdrawn in (
        (BY_UPN, day(6, 8), day(6, 9), day(6, 12)),
        (BY_ULN, day(6, 11), day(6, 12), day(6, 24)),
        (BY_NAME, day(6, 12), day(6, 15), day(6, 24)),
    ):
        if story in told:
            yield from _mistake(county, told[story], told[story].at, story, wrong, between, withdrawn)
    learnt = [person for person in county.people if ALWAYS < person.uln_in_cohort_from < NEVER]
    learnt = [person for person in learnt if person.year_group == 11 and not county.rolls[person.serial].story]
    for person in learnt[:1]:
        known = replace(person, uln_in_cohort_from=ALWAYS)
        yield from _mistake(county, known, person.at, BY_ULN, day(6, 9), day(6, 10), day(6, 12))


NAMES = {
    BY_UPN: ("UPN",),
    BY_ULN: ("ULN",),
    BY_NAME: ("Surname", "Forename", "DOB"),
}


def _mistake(
    county: County, person: Person, code: str | None, story: str, wrong: date, between: date, withdrawn: date
) -> Iterator[Sending]:
    if code is None:
        return
    tag = f"only-wrong-{person.serial}"
    made = partial(partial_cohort_file, [person], code, wrong, tag=tag, withdrawn_on=withdrawn)
    yield Sending(wrong, made)
    small = partial(one_offer, county, person, _named(person, story), between, code, tag=f"numbers-{person.serial}")
    yield Sending(between, small)


def _named(person: Person, story: str) -> Row:
    everything: Row = {
        "UPN": person.upn,
        "ULN": person.uln,
        "Surname": person.surname,
        "Forename": person.forename,
        "DOB": person.born_on,
    }
    return {name: everything[name] for name in NAMES[story]}


def make_exceptions(county: County) -> list[CohortException]:
    """Two are taken out, one of them by mistake and put back; one who lived next door on paper is counted in."""
    here = _plain(county, county.establishments.schools[0].code)
    removed = [person for person in here if person.year_group == 11 and person.postcode not in county.places.next_door]
    away = [
        person
        for one in county.establishments.with_year_12()
        for person in _plain(county, one.code)
        if person.year_group == 12 and person.postcode in county.places.next_door
    ]
    error = "registered here in error"
    found = [CohortException(day(6, 22), person.upn, "remove", error) for person in removed[:2]]
    found += [
        CohortException(day(7, 2), person.upn, "add", "lived here in May, the address was an old one")
        for person in away[:1]
    ]
    found += [CohortException(day(7, 6), person.upn, "add", "removed by mistake") for person in removed[:1]]
    return found
