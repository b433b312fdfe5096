"""By which numbers and names does a row say whom it is about, so that it can be matched? (rulebook 3.10)"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from waymark.county.dates import day
from waymark.county.identifiers import PLACEHOLDER_ULN, broken_uln
from waymark.county.people import Person

TWINS_ARE_BOTH_KNOWN = day(6, 10)

Names = dict[str, str | date | None]


@dataclass(slots=True)
class Register:
    """Whose ULN a row that stands has given beside a name or a UPN: from then on the ULN alone will do."""

    with_uln: set[int] = field(default_factory=set)


def upn_known(person: Person, sent_on: date) -> str:
    """The UPN that their school has on that day, which may be the temporary one."""
    return person.temporary_upn if person.temporary_upn and sent_on < person.upn_known_from else person.upn


def uln_known(person: Person, sent_on: date) -> str:
    """The ULN that their school has on that day, or nothing."""
    return person.uln if sent_on >= person.uln_in_cohort_from else ""


def in_full(person: Person, sent_on: date) -> Names:
    return _names(person, upn=upn_known(person, sent_on), uln=uln_known(person, sent_on))


def by_school(random: Random, person: Person, sent_on: date, register: Register) -> Names:
    """Mostly everything; now and then the name alone, or the ULN alone once it has been said."""
    roll = random.random()
    if roll < 0.03 and (not person.twin or sent_on > TWINS_ARE_BOTH_KNOWN):
        return _names(person)
    if roll < 0.06 and person.serial in register.with_uln:
        return {"ULN": person.uln}
    return in_full(person, sent_on)


def by_college(random: Random, person: Person, register: Register) -> Names:
    """The ULN and the name, some with the UPN; placeholders and slips; the ULN alone once it has been said."""
    roll = random.random()
    if roll < 0.06 and person.serial in register.with_uln:
        return {"ULN": person.uln}
    upn = person.upn if random.random() < 0.35 else ""
    if roll > 0.985:
        return _names(person, upn=upn, uln=PLACEHOLDER_ULN if roll > 0.9925 else broken_uln(person.uln))
    register.with_uln.add(person.serial)
    return _names(person, upn=upn, uln=person.uln, postcode="" if person.twin else person.postcode)


def by_council(random: Random, person: Person, sent_on: date, register: Register) -> Names:
    """As a school, but an adviser has no postcode column."""
    if random.random() < 0.02 and person.serial in register.with_uln:
        return {"ULN": person.uln}
    return in_full(person, sent_on)


def _names(person: Person, *, upn: str = "", uln: str = "", postcode: str | None = None) -> Names:
    return {
        "UPN": upn,
        "ULN": uln,
        "Surname": person.surname,
        "Forename": person.forename,
        "DOB": person.born_on,
        "Postcode": person.postcode if postcode is None else postcode,
    }
