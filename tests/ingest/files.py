"""How does a test write a file that a provider might send? A sound row of each feed, and what is changed in it."""

import csv
import io
from datetime import date

from services.ingest.domain.contents import Parsed, contents
from services.ingest.domain.problems import Problem, Refusal
from services.ingest.domain.sheet import Sheet, read
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import Feed

TODAY = date(2026, 5, 20)
CAMPAIGN = 2026
PERSON = {
    "UPN": "F860400019001",
    "ULN": "9276308686",
    "Surname": "Ashworth",
    "Forename": "Kim",
    "DOB": "2010-03-04",
    "Postcode": "ST16 2LH",
}
SOUND: dict[Feed, dict[str, str]] = {
    Feed.COHORT: PERSON
    | {"Sex": "F", "Year group": "11", "Joined on": "", "Cohort status": "", "Left on": "", "Moved to": ""},
    Feed.OFFERS: PERSON
    | {
        "Offer status": "made", "Offer type": "education", "Provider ID": "10003000", "Provider name": "",
        "Course": "A levels", "Offer date": "2026-03-01", "Guarantee status code": "", "Status date": "",
    },
    Feed.ENROLMENTS: PERSON
    | {
        "Enrolment status": "enrolled", "Start date": "2026-09-03", "Expected end date": "", "End date": "",
        "Planned hours": "600", "Course": "A levels", "Course type": "education", "Activity code": "",
    },
    Feed.ACTIVITIES: PERSON
    | {
        "Activity code": "310", "Start date": "2026-05-01", "End date": "", "Expected end date": "",
        "Verified date": "2026-05-19", "Review date": "", "Source": "adviser", "Employer or provider": "Keldale Care",
    },
    Feed.ESTABLISHMENTS: {
        "URN": "140000", "LA (code)": "860", "EstablishmentNumber": "4000", "EstablishmentName": "Green Academy",
        "TypeOfEstablishment (name)": "Academy converter", "FurtherEducationType (name)": "Not applicable",
        "PhaseOfEducation (name)": "Secondary", "OpenDate": "01-09-2012", "CloseDate": "", "UKPRN": "10060000",
    },
    Feed.POSTCODES: {"Postcode": "ST16 2LH", "District": "Northmoor", "Authority": "860", "From": "", "To": ""},
    Feed.EXPECTATIONS: {
        "Provider": "8604000", "Feed": "offers", "Campaign": "2026", "Due on": "2026-05-29", "Contact": "",
    },
}  # fmt: skip


def row(feed: Feed, **changes: str) -> dict[str, str]:
    """A sound row; a heading with spaces is written with underscores."""
    named = {_heading(feed, name): value for name, value in changes.items()}
    return SOUND[feed] | named


def _heading(feed: Feed, name: str) -> str:
    spaced = name.replace("_", " ")
    return next((heading for heading in SOUND[feed] if heading.lower() == spaced.lower()), spaced)


def file(*rows: dict[str, str], delimiter: str = ",", above: str = "", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    writer = csv.DictWriter(text, headings, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return (above + text.getvalue()).encode(encoding)


def sheet(content: bytes, feed: Feed, tables: Tables) -> Sheet:
    found = read(content, feed, tables)
    assert isinstance(found, Sheet), found
    return found


def refused(content: bytes, feed: Feed, tables: Tables) -> Refusal:
    found = read(content, feed, tables)
    assert isinstance(found, Refusal), found
    return found


def parsed(content: bytes, feed: Feed, tables: Tables, *, today: date = TODAY) -> Parsed:
    return contents(sheet(content, feed, tables), tables, today=today, campaign=CAMPAIGN)


def problems(content: bytes, feed: Feed, tables: Tables) -> list[Problem]:
    return list(parsed(content, feed, tables).problems)
