"""Do rows that name one person in different ways contradict each other once it is known who they are about?"""

from services.ingest.domain.copies import contradicting_of_people
from services.ingest.domain.natural_keys import as_written
from services.ingest.domain.rows import EnrolmentRow, OfferRow
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import Feed
from tests.ingest.files import SOUND, file, parsed


def contradictions(tables: Tables, feed: Feed, *changes: dict[str, str], people: str) -> list[int]:
    sent = [SOUND[feed] | change for change in changes]
    rows = [row for row in parsed(file(*sent), feed, tables).rows if isinstance(row, OfferRow | EnrolmentRow)]
    matched = zip(people, rows, strict=True)
    return contradicting_of_people(matched, feed, tables, provider_of=as_written, tolerance=14)


BY_UPN, BY_ULN = {"ULN": ""}, {"UPN": "", "Offer status": "declined", "Enrolment status": "left"}


def test_rows_of_one_person_that_differ_are_named(tables: Tables) -> None:
    assert contradictions(tables, Feed.OFFERS, BY_UPN, BY_ULN, people="11") == [2, 3]
    assert contradictions(tables, Feed.ENROLMENTS, BY_UPN, BY_ULN, people="11") == [2, 3]


def test_rows_of_two_people_are_not(tables: Tables) -> None:
    assert contradictions(tables, Feed.OFFERS, BY_UPN, BY_ULN, people="12") == []


def test_rows_that_say_the_same_of_one_person_are_not(tables: Tables) -> None:
    assert contradictions(tables, Feed.ENROLMENTS, BY_UPN, {"UPN": "", "Start date": "2026-09-10"}, people="11") == []
