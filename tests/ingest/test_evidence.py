"""When did each row's evidence happen, and what does it say? (rulebook 3.2, 3.9, contract: Feeds)"""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.ingest.domain.evidence import Directories, Sending, evidence
from services.ingest.domain.postcodes import Postcodes
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import (
    ActivityRow,
    CohortRow,
    EnrolmentRow,
    EstablishmentRow,
    Identity,
    OfferRow,
    PersonRow,
    PostcodeRow,
)
from shared.domain.events import (
    ActivityStated,
    CohortRowStated,
    EnrolmentStated,
    Evidence,
    GuaranteeCodeStated,
    OfferStated,
)
from shared.domain.vocabulary import COUNCIL, EnrolmentStatus, OfferStatus, OfferType, Origin, ProviderKind

SENT, EARLIER, LATER = date(2026, 6, 10), date(2026, 6, 1), date(2026, 9, 1)
SCHOOL, COLLEGE = "8604000", "8608000"
HERE = PostcodeRow(1, "ST90 1AA", "Northmoor", "860", None, None)
AT_HOME = Identity(postcode="ST90 1AA")


def establishment(laestab: str | None, name: str, kind: ProviderKind, urn: str, ukprn: str | None) -> EstablishmentRow:
    return EstablishmentRow(1, urn, laestab, ukprn, name, "860", kind, None, None, None, None, None)


PROVIDERS = [
    establishment(SCHOOL, "Moor High School", ProviderKind.SCHOOL, "140001", "10003000"),
    establishment(COLLEGE, "Moor College", ProviderKind.OTHER, "130001", "10005000"),
]
SENDING = Sending(UUID(int=1), 7, SENT, 2026, SCHOOL, ProviderKind.SCHOOL)
FROM_COUNCIL = replace(SENDING, sender=COUNCIL, kind=None)
COHORT = CohortRow(
    3, AT_HOME, 11, 2010, "F", None, None, None, None, None, None, None, None, None, None, (), None, None, None, None,
    None, None, None, "P", None, None,
)  # fmt: skip
OFFER = OfferRow(3, Identity(), OfferStatus.MADE, OfferType.EDUCATION, None, None, None, None, None, None, None)
ENROLMENT = EnrolmentRow(
    3, Identity(), EnrolmentStatus.ENROLLED, LATER, None, None, None, None, OfferType.EDUCATION, None, None
)
ACTIVITY = ActivityRow(3, Identity(), None, 330, EARLIER, None, None, None, None, None, None)


def said(row: PersonRow, sending: Sending = SENDING) -> list[Evidence]:
    directories = Directories(Providers.of(PROVIDERS), Postcodes.of([HERE]), ("860",), lambda row, kind: 230)
    return evidence(row, "1000", sending, directories)


def cohort(row: CohortRow, sending: Sending = SENDING) -> CohortRowStated:
    (piece,) = said(row, sending)
    assert isinstance(piece, CohortRowStated)
    return piece


def offer(row: OfferRow) -> OfferStated:
    piece = said(row)[0]
    assert isinstance(piece, OfferStated)
    return piece


@pytest.mark.parametrize("status", list(OfferStatus))
def test_an_offer_happened_on_its_offer_date_where_it_was_made_else_on_its_status_date(status: OfferStatus) -> None:
    row = replace(OFFER, status=status, offered_on=EARLIER, status_on=LATER)
    assert offer(row).happened_on == (EARLIER if status is OfferStatus.MADE else LATER)


@pytest.mark.parametrize("status", list(OfferStatus))
def test_without_that_date_it_happened_when_it_was_sent(status: OfferStatus) -> None:
    assert offer(replace(OFFER, status=status)).happened_on == SENT


def test_a_membership_happened_when_they_joined_and_an_end_when_they_left() -> None:
    assert cohort(COHORT).happened_on == SENT
    assert cohort(replace(COHORT, joined_on=EARLIER)).happened_on == EARLIER
    assert cohort(replace(COHORT, joined_on=EARLIER, left_on=LATER, cohort_status="L")).happened_on == LATER
    assert cohort(replace(COHORT, joined_on=EARLIER, cohort_status="L")).happened_on == SENT


def test_a_spell_happened_at_the_earlier_of_its_start_and_its_submission() -> None:
    assert [piece.happened_on for piece in said(ENROLMENT)] == [SENT]
    assert [piece.happened_on for piece in said(replace(ENROLMENT, starts_on=EARLIER))] == [EARLIER]
    assert [piece.happened_on for piece in said(replace(ACTIVITY, starts_on=LATER))] == [SENT]


def test_a_row_with_an_offer_and_a_code_gives_both() -> None:
    pieces = said(replace(OFFER, status=OfferStatus.NONE, guarantee_code="120", status_on=EARLIER))
    assert [(type(piece), piece.happened_on) for piece in pieces] == [
        (OfferStated, EARLIER), (GuaranteeCodeStated, EARLIER),
    ]  # fmt: skip
    assert isinstance(pieces[0], OfferStated) and not pieces[0].speaks


def test_a_code_alone_gives_no_offer() -> None:
    assert [type(piece) for piece in said(replace(OFFER, status=None, guarantee_code="120"))] == [GuaranteeCodeStated]


def test_a_row_from_the_council_is_of_somebody_on_no_roll() -> None:
    piece = cohort(COHORT, FROM_COUNCIL)
    assert (piece.establishment, piece.kind, piece.in_area, piece.source) == ("8609999", None, True, COUNCIL)


def test_where_somebody_lives_comes_from_the_directory_else_the_sender_is_believed() -> None:
    assert [(place.district, place.authority) for place in cohort(COHORT).residence] == [("Northmoor", "860")]
    unlisted = cohort(replace(COHORT, identity=Identity(postcode="ST99 9ZZ")))
    assert (unlisted.residence, unlisted.believed, cohort(COHORT).believed) == ((), True, False)


@pytest.mark.parametrize(
    ("number", "name"),
    [(COLLEGE, None), ("130001", None), ("10005000", None), (None, "Moor College"), (None, " MOOR college."),
     (None, "10005000"), ("99999999", "Moor College"), ("10005000", "Some other name")],
)  # fmt: skip
def test_a_provider_is_the_same_however_it_is_written(number: str | None, name: str | None) -> None:
    assert offer(replace(OFFER, provider_id=number, provider_name=name)).provider == COLLEGE


def test_a_provider_whom_nobody_knows_goes_by_its_name_which_nobody_can_read_on_the_bus() -> None:
    one, other = (offer(replace(OFFER, provider_name=name)).provider for name in ("Brumble & Co", "BRUMBLE CO."))
    assert one == other != offer(replace(OFFER, provider_name="Bramble & Co")).provider
    assert one.startswith("~")
    assert "brumble" not in one
    assert offer(OFFER).provider == ""


def test_courses_are_told_apart_and_not_read() -> None:
    one, other = (offer(replace(OFFER, course=name)).course for name in (" A levels ", "a-levels"))
    assert one == other != offer(replace(OFFER, course="T Level Health")).course
    assert "level" not in one


def test_an_enrolment_is_at_its_sender() -> None:
    (piece,) = said(replace(ENROLMENT, activity_code=None), replace(SENDING, sender=COLLEGE))
    assert isinstance(piece, EnrolmentStated)
    assert (piece.provider, piece.activity_code) == (COLLEGE, 230)


@pytest.mark.parametrize(
    ("origin", "sending", "whose"),
    [(Origin.SELF, FROM_COUNCIL, Origin.SELF), (None, FROM_COUNCIL, Origin.ADVISER), (None, SENDING, Origin.PARTNER)],
)
def test_an_activity_is_the_word_of_its_source_else_of_its_sender(
    origin: Origin | None, sending: Sending, whose: Origin
) -> None:
    (piece,) = said(replace(ACTIVITY, origin=origin, provider_name="Moor College"), sending)
    assert isinstance(piece, ActivityStated)
    assert (piece.origin, piece.provider) == (whose, COLLEGE)


def test_a_piece_is_the_same_each_time_and_another_in_another_file() -> None:
    assert said(COHORT)[0].event_id == said(COHORT)[0].event_id
    assert said(COHORT)[0].event_id != said(COHORT, replace(SENDING, submission_id=UUID(int=2)))[0].event_id
    assert said(COHORT)[0].said == (7, 3)


def test_a_later_row_of_the_directory_replaces_that_of_its_postcode_and_day() -> None:
    moved = replace(HERE, district="Otherham", authority="861")
    since_july = replace(moved, from_on=date(2026, 7, 1))
    assert [place.authority for place in Postcodes.of([HERE, moved]).residence("ST90 1AA")] == ["861"]
    both = Postcodes.of([since_july, HERE]).residence("ST90 1AA")
    assert [(place.from_on, place.authority) for place in both] == [(None, "860"), (date(2026, 7, 1), "861")]
    assert Postcodes.of([HERE]).residence(None) == ()
