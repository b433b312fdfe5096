"""What stands in a cohort file that a school, a college or the council sends on a day?"""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from waymark.county.county import County
from waymark.county.dates import CAMPAIGN
from waymark.county.naming import Register, in_full, uln_known
from waymark.county.people import Person
from waymark.county.places import DISTRICTS
from waymark.county.rolls import Leaving, at_home, in_file, leaving_said
from waymark.county.sheet import COUNCIL, Row, Sheet
from waymark.county.spells import ENROLLED, Spell

LEAVES_IN_AUTUMN = 0.01


def cohort_file(county: County, register: Register, code: str | None, sent_on: date) -> Sheet:
    """Everyone on the roll, as the sender knows them that day; the council names those on no roll."""
    rows: list[Row] = []
    people: list[str] = []
    for person in county.on_roll.get(code, ()):
        roll = county.rolls[person.serial]
        for stay in roll.stays:
            if stay.at == code and in_file(stay, sent_on):
                known = at_home(person, roll, sent_on)
                rows.append(_row(known, sent_on, joined=stay.joined_on, leaving=leaving_said(stay, sent_on)))
                people.append(person.upn)
                _note(register, person, sent_on)
    return Sheet("cohort", code or COUNCIL, sent_on, tuple(rows), tuple(people))


def partial_cohort_file(
    people: Sequence[Person],
    code: str,
    sent_on: date,
    *,
    tag: str,
    campaign: int | None = None,
    withdrawn_on: date | None = None,
    leaving: Leaving | None = None,
) -> Sheet:
    """Some people only: a correction, or a mistake that is withdrawn."""
    rows = tuple(_row(person, sent_on, leaving=leaving) for person in people)
    upns = tuple(person.upn for person in people)
    return Sheet("cohort", code, sent_on, rows, upns, full=False, campaign=campaign, tag=tag, withdrawn_on=withdrawn_on)


def next_cohort_file(
    county: County, register: Register, code: str, sent_on: date, *, campaign: int | None, leavers: frozenset[int]
) -> Sheet:
    """The next campaign's cohort: the new Year 11, and as Year 12 who has come from this one."""
    rows = [_row(person, sent_on, year_group=11) for person in county.new_on_roll.get(code, ())]
    people = [person.upn for person in county.new_on_roll.get(code, ())]
    for spell in county.autumn.get(code, ()):
        if is_on_next_roll(county, spell):
            person = at_home(spell.person, county.rolls[spell.person.serial], sent_on)
            leaving = Leaving("E", sent_on.replace(day=1), sent_on) if person.serial in leavers else None
            rows.append(_row(person, sent_on, year_group=12, leaving=leaving))
            people.append(person.upn)
            _note(register, person, sent_on)
    return Sheet("cohort", code, sent_on, tuple(rows), tuple(people), campaign=campaign)


def is_on_next_roll(county: County, spell: Spell) -> bool:
    """This campaign's Year 11 who began and stayed, and those who repeat Year 12."""
    person = spell.person
    roll = county.rolls.get(person.serial)
    if roll is None or any(said.status != ENROLLED for said in spell.said):
        return False
    return person.year_group == 11 or roll.repeats


def autumn_leavers(random: Random, county: County, codes: Iterable[str]) -> frozenset[int]:
    """A few of the next roll, who go abroad in November; at least one."""
    rolls = [
        spell.person.serial for code in codes for spell in county.autumn.get(code, ()) if is_on_next_roll(county, spell)
    ]
    return frozenset(random.sample(rolls, min(len(rolls), max(1, round(len(rolls) * LEAVES_IN_AUTUMN)))))


def _note(register: Register, person: Person, sent_on: date) -> None:
    if uln_known(person, sent_on):
        register.with_uln.add(person.serial)


def _row(
    person: Person,
    sent_on: date,
    *,
    joined: date | None = None,
    leaving: Leaving | None = None,
    year_group: int | None = None,
) -> Row:
    return {
        **in_full(person, sent_on),
        "Sex": person.sex,
        "Ethnicity": person.ethnicity,
        "Address line 1": person.address,
        "Town": DISTRICTS[person.serial % len(DISTRICTS)],
        "Phone": person.phone,
        "Email": f"{person.serial}@people.example" if person.serial % 7 == 0 else "",
        "Year group": str(year_group or person.year_group),
        "SEN provision": person.sen,
        "Characteristics": person.characteristics,
        "Level of need": str(person.serial % 3 + 1) if person.serial % 9 == 0 else "",
        "RONI band": person.roni,
        "Intended destination": "College" if person.serial % 11 == 0 else "",
        "Continuing": person.continuing if sent_on.year == CAMPAIGN and year_group is None else "",
        "Contact note": "Rings back after four o'clock, please" if person.serial % 41 == 0 else "",
        "Section 72 opt-out": "Y" if person.opted_out else "N",
        "Joined on": joined,
        "Cohort status": leaving.status if leaving else "P",
        "Left on": leaving.left_on if leaving else None,
        "Moved to": leaving.moved_to if leaving else "",
    }
