"""Which files does a county of any size send? Schools their cohorts and offers, one college everybody's enrolments."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from shared.domain.vocabulary import Feed
from waymark.county.identifiers import uln, upn
from waymark.county.places import AUTHORITY, DISTRICTS, INWARD
from waymark.county.sheet import COLUMNS, COUNCIL

CAMPAIGN: Final = 2026
COLLEGE: Final = "10003000"
A_SCHOOL: Final = 1000
"""Young people a school."""
SYLLABLES: Final = ("ba", "den", "for", "gan", "hal", "ker", "lom", "mar", "nor", "pel", "rid", "sun", "tor", "wen")
STATUSES: Final = ("accepted", "accepted", "accepted", "made", "declined")
COURSES: Final = ("Bricklaying", "Business", "Catering", "Computing", "Health and social care", "Sciences")

Row = Mapping[str, str | date]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file and what is said with it."""

    feed: Feed
    provider: str
    content: bytes
    rows: int
    full: bool = True
    campaign: int | None = None


def directories(people: int) -> Iterator[Sent]:
    """What the council sends first: who there is, where postcodes lie, what is expected of whom."""
    yield _sent(Feed.ESTABLISHMENTS, COUNCIL, _establishments(people))
    yield _sent(Feed.POSTCODES, COUNCIL, [_directory(number) for number in range(_postcodes(people))])
    yield _sent(Feed.EXPECTATIONS, COUNCIL, _expectations(people))


def cohorts(people: int) -> Iterator[Sent]:
    for school in range(_schools(people)):
        yield _sent(Feed.COHORT, _laestab(school), [_cohort_row(one, people) for one in _of(school, people)])


def offers(people: int) -> Iterator[Sent]:
    for school in range(_schools(people)):
        yield _sent(Feed.OFFERS, _laestab(school), [_offer_row(one) for one in _of(school, people)], full=False)


def enrolments(everyone: Iterable[int], *, began_on: date = date(CAMPAIGN, 9, 7)) -> Sent:
    """These young people are all enrolled at the college; numbers are those of the county, from 0."""
    return _sent(Feed.ENROLMENTS, COLLEGE, [_enrolment_row(one, began_on) for one in everyone], full=False)


def early_return() -> Sent:
    """In May one enrolment for the campaign: the college has returned, so that nobody hangs on whether it does."""
    return replace(enrolments([0]), campaign=CAMPAIGN)


def spread_over(people: int, rows: int, *, turn: int = 0) -> Sequence[int]:
    """So many different young people, evenly out of all; each turn others while there are others."""
    step = max(1, people // rows)
    return [(at * step + turn) % people for at in range(min(rows, people))]


def _sent(feed: Feed, provider: str, rows: Sequence[Row], *, full: bool = True) -> Sent:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[feed])
    writer.writeheader()
    writer.writerows(rows)
    return Sent(feed, provider, text.getvalue().encode(), len(rows), full)


def _schools(people: int) -> int:
    return -(-people // A_SCHOOL)


def _of(school: int, people: int) -> range:
    return range(school * A_SCHOOL, min(people, (school + 1) * A_SCHOOL))


def _laestab(school: int) -> str:
    return f"{AUTHORITY}{4000 + school}"


def _postcodes(people: int) -> int:
    return min(20_000, max(60, people // 12))


def _postcode(number: int) -> str:
    letters = INWARD[number // 90 % 19] + INWARD[number // 1710 % 19]
    return f"ST{number % 10} {number // 10 % 9 + 1}{letters}"


def _directory(number: int) -> Row:
    district = DISTRICTS[number % len(DISTRICTS)]
    return {"Postcode": _postcode(number), "District": district, "Authority": AUTHORITY, "From": date(2009, 4, 1)}


def _establishments(people: int) -> list[Row]:
    schools = [
        _establishment(140_000 + n, 4000 + n, 10_060_000 + n, f"{_word(n)} School") for n in range(_schools(people))
    ]
    college = _establishment(130_400, 8000, int(COLLEGE), "Ostmoor College")
    further = {"TypeOfEstablishment (name)": "Further education", "FurtherEducationType (name)": "General"}
    return [*schools, {**college, **further, "PhaseOfEducation (name)": "16 plus"}]


def _establishment(urn: int, number: int, ukprn: int, name: str) -> Row:
    return {
        "URN": str(urn),
        "LA (code)": AUTHORITY,
        "EstablishmentNumber": str(number),
        "EstablishmentName": name,
        "TypeOfEstablishment (name)": "Academy converter",
        "FurtherEducationType (name)": "Not applicable",
        "PhaseOfEducation (name)": "Secondary",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": date(2012, 9, 1),
        "UKPRN": str(ukprn),
        "Postcode": _postcode(number % 60),
        "DistrictAdministrative (name)": DISTRICTS[number % len(DISTRICTS)],
    }


def _expectations(people: int) -> list[Row]:
    """The college has been asked in vain for longer than a shield lasts: everybody is to be rung in September."""
    schools = [
        _expectation(_laestab(school), feed, due_on)
        for school in range(_schools(people))
        for feed, due_on in (("cohort", date(CAMPAIGN, 5, 15)), ("offers", date(CAMPAIGN, 5, 29)))
    ]
    return [*schools, _expectation(COLLEGE, "enrolments", date(CAMPAIGN, 8, 21))]


def _expectation(provider: str, feed: str, due_on: date) -> Row:
    return {"Provider": provider, "Feed": feed, "Campaign": str(CAMPAIGN), "Due on": due_on, "Contact": "data officer"}


def _word(number: int) -> str:
    size = len(SYLLABLES)
    return "".join(SYLLABLES[number // size**place % size] for place in range(5)).capitalize()


def _identity(one: int) -> Row:
    year = date(2009, 9, 1) if one % 2 else date(2008, 9, 1)
    return {
        "UPN": upn(AUTHORITY, 4000 + one // 1000 % 900, 20 + one // 900_000, one % 1000),
        "ULN": uln(one),
        "Surname": _word(one),
        "Forename": _word(one * 7 + 3)[:5],
        "DOB": year + timedelta(days=one * 37 % 365),
    }


def _cohort_row(one: int, people: int) -> Row:
    return {
        **_identity(one),
        "Sex": "MF"[one // 2 % 2],
        "Ethnicity": "WBRI" if one % 5 else "APKN",
        "Postcode": _postcode(one % _postcodes(people)),
        "Phone": "01632 960001",
        "Year group": "11" if one % 2 else "12",
        "SEN provision": "NNNNNNKE"[one % 8],
        "Section 72 opt-out": "N",
        "Continuing": "" if one % 2 else "N",
        "Cohort status": "P",
    }


def _offer_row(one: int) -> Row:
    return {
        **_identity(one),
        "Offer status": STATUSES[one % len(STATUSES)],
        "Offer type": "education",
        "Provider ID": COLLEGE,
        "Course": COURSES[one % len(COURSES)],
        "Offer date": date(CAMPAIGN, 3, 2) + timedelta(days=one % 50),
        "Start date": date(CAMPAIGN, 9, 7),
    }


def _enrolment_row(one: int, began_on: date) -> Row:
    return {
        **_identity(one),
        "Enrolment status": "enrolled",
        "Start date": began_on,
        "Expected end date": date(CAMPAIGN + 1, 7, 2),
        "Planned hours": "580",
        "Course": COURSES[one % len(COURSES)],
        "Course type": "education",
    }
