"""Which rows are in a file twice, and which are in it that nobody can use?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from waymark.county import names
from waymark.county.dates import FREEZE
from waymark.county.sheet import Row, Sheet

TWICE = 0.35
UNUSABLE = 0.12


def with_slips(random: Random, sheet: Sheet) -> Sheet:
    """The same file with a few rows copied, and after the freeze now and then a row that is rejected."""
    if not sheet.people:
        return sheet
    rows, people = list(sheet.rows), list(sheet.people)
    if random.random() < TWICE:
        for index in sorted(random.sample(range(len(rows)), 1 + len(rows) // 200), reverse=True):
            rows.insert(index, rows[index])
            people.insert(index, people[index])
    if sheet.feed in SPOILT and sheet.sent_on > FREEZE and not sheet.tag and random.random() < UNUSABLE:
        rows.append(SPOILT[sheet.feed](random))
        people.append(None)
    return replace(sheet, rows=tuple(rows), people=tuple(people))


def _without_birth(random: Random) -> Row:
    return {
        "Surname": names.surname(random),
        "Forename": names.forename(random),
        "Year group": random.choice(("11", "12", "13")),
        "Contact note": random.choice(("", "=A2", "date of birth to follow")),
        "Cohort status": "P",
    }


def _without_names(random: Random) -> Row:
    return {"Offer status": "accepted", "Provider name": names.employer(random), "Course": "Business L2"}


def _on_no_day(random: Random) -> Row:
    return {
        "Surname": names.surname(random),
        "Forename": names.forename(random),
        "DOB": "31/02/2010",
        "Enrolment status": "enrolled",
        "Start date": random.choice(("31/09/2026", "2026-09-31", "soon")),
    }


SPOILT: Mapping[str, Callable[[Random], Row]] = {
    "cohort": _without_birth,
    "offers": _without_names,
    "enrolments": _on_no_day,
}
