"""What does the council itself send: establishments, postcodes, expectations, and what its advisers found?"""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from waymark.county.activities import Activity
from waymark.county.county import County
from waymark.county.dates import CAMPAIGN, day
from waymark.county.establishments import COLLEGE, LATE, NEVER, SCHOOL, SIXTH_FORM_COLLEGE, TRAINER, Establishment
from waymark.county.naming import Register, by_council
from waymark.county.places import AUTHORITY, Entry
from waymark.county.sheet import COUNCIL, Row, Sheet

GIAS_KINDS = {
    SCHOOL: ("Academy converter", "Not applicable", "Secondary"),
    SIXTH_FORM_COLLEGE: ("Further education", "Sixth form college", "16 plus"),
    COLLEGE: ("Further education", "General", "16 plus"),
    TRAINER: ("Special post 16 institution", "Not applicable", "16 plus"),
}


def establishments_file(county: County, sent_on: date) -> Sheet:
    rows = tuple(_gias_row(one, county.places.here[-2]) for one in county.establishments.all())
    return Sheet("establishments", COUNCIL, sent_on, rows)


def postcodes_file(entries: Sequence[Entry], sent_on: date, *, tag: str = "") -> Sheet:
    rows = tuple(
        {
            "Postcode": entry.postcode,
            "District": entry.district,
            "Authority": entry.authority,
            "From": entry.from_on,
            "To": entry.to_on,
        }
        for entry in entries
    )
    return Sheet("postcodes", COUNCIL, sent_on, rows, tag=tag)


def expectations_file(county: County, sent_on: date) -> Sheet:
    rows = tuple(row for one in county.establishments.all() for row in _expected(one))
    return Sheet("expectations", COUNCIL, sent_on, rows)


def put_off_file(code: str, due_on: date, sent_on: date) -> Sheet:
    """One provider is given more time for its enrolments."""
    return Sheet("expectations", COUNCIL, sent_on, (_expectation(code, "enrolments", due_on),), tag="later")


def activities_file(
    random: Random, activities: Sequence[Activity], register: Register, sender: str, sent_on: date
) -> Sheet:
    rows = tuple(
        {
            **by_council(random, activity.person, sent_on, register),
            "Activity code": activity.code,
            "Start date": activity.starts_on,
            "End date": activity.ended_on,
            "Verified date": activity.verified_on,
            "Review date": activity.review_on,
            "Source": activity.source,
            "Employer or provider": activity.employer,
        }
        for activity in activities
    )
    return Sheet("activities", sender, sent_on, rows, tuple(one.person.upn for one in activities), full=False)


def _gias_row(one: Establishment, postcode: str) -> Row:
    kind, further, phase = GIAS_KINDS[one.kind]
    return {
        "URN": one.urn,
        "LA (code)": AUTHORITY,
        "EstablishmentNumber": one.number,
        "EstablishmentName": one.name,
        "TypeOfEstablishment (name)": kind,
        "FurtherEducationType (name)": further,
        "PhaseOfEducation (name)": phase,
        "EstablishmentStatus (name)": "Open",
        "OpenDate": date(2012, 9, 1),
        "UKPRN": one.ukprn,
        "Postcode": postcode,
        "DistrictAdministrative (name)": one.district,
    }


def _expected(one: Establishment) -> Iterator[Row]:
    if one.kind == TRAINER:
        return
    yield _expectation(one.code, "cohort", day(5, 15))
    yield _expectation(one.code, "offers", {LATE: day(6, 5), NEVER: day(8, 25)}.get(one.offers, day(5, 29)))
    if one.enrolments is not None:
        yield _expectation(one.code, "enrolments", day(10, 10) if one.enrolments == NEVER else day(9, 11))


def _expectation(code: str, feed: str, due_on: date) -> Row:
    return {"Provider": code, "Feed": feed, "Campaign": str(CAMPAIGN), "Due on": due_on, "Contact": "data officer"}
