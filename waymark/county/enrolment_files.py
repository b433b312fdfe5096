"""What stands in an enrolments file that a sixth form or college sends on a day?"""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from waymark.county.naming import Register, by_college
from waymark.county.sheet import Row, Sheet
from waymark.county.spells import LEFT, Said, Spell

Retold = Callable[[Said], Said]


def enrolments_file(
    random: Random, spells: Sequence[Spell], register: Register, code: str, sent_on: date, *, tag: str = ""
) -> Sheet:
    """Everyone of whom the sender has something to say that day."""
    rows: list[Row] = []
    people: list[str] = []
    for spell in spells:
        said = spell.said_by(sent_on)
        if said is not None:
            rows.append({**by_college(random, spell.person, register), **_course(spell), **_standing(said)})
            people.append(spell.person.upn)
    return Sheet("enrolments", code, sent_on, tuple(rows), tuple(people), tag=tag)


def wrong_enrolments_file(
    random: Random, spells: Sequence[Spell], code: str, sent_on: date, withdrawn_on: date
) -> Sheet:
    """Half of them are said to have left, which nobody has."""
    rows: list[Row] = []
    people: list[str] = []
    for spell in spells:
        said = spell.said_by(sent_on)
        if said is not None and random.random() < 0.5:
            left = Said(sent_on, LEFT, said.starts_on, max(said.starts_on, sent_on.replace(day=2)), "withdrawn")
            rows.append({**by_college(random, spell.person, Register()), **_course(spell), **_standing(left)})
            people.append(spell.person.upn)
    return Sheet(
        "enrolments", code, sent_on, tuple(rows), tuple(people), full=False, tag="wrong", withdrawn_on=withdrawn_on
    )


def _course(spell: Spell) -> Row:
    return {
        "Expected end date": spell.expected_end,
        "Planned hours": spell.hours,
        "Course": spell.course,
        "Course type": spell.kind,
        "Activity code": spell.code,
    }


def _standing(said: Said) -> Row:
    return {
        "Enrolment status": said.status,
        "Start date": said.starts_on,
        "End date": said.ended_on,
        "Leaving reason": said.reason,
    }
