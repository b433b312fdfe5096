"""Do whole files become typed rows, whatever stands in them?"""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ingest.domain.contents import Parsed, campaign_of, contents, refused
from services.ingest.domain.problems import Refusal
from services.ingest.domain.rows import ActivityRow, CohortRow, EnrolmentRow, EstablishmentRow, Identity, OfferRow
from services.ingest.domain.sheet import Sheet, read
from services.ingest.domain.tables import Tables
from services.ingest.tables import load
from shared.domain.vocabulary import EnrolmentStatus, Feed, OfferStatus, OfferType, Origin, ProviderKind
from tests.ingest.files import CAMPAIGN, SOUND, TODAY, file, parsed, row, sheet


def test_a_cohort_row_says_who_and_where(tables: Tables) -> None:
    changes = {"cohort_status": "t", "left_on": "01/05/2026", "moved_to": "861", "Characteristics": "110;170"}
    found = parsed(file(row(Feed.COHORT, **changes)), Feed.COHORT, tables).rows[0]
    assert isinstance(found, CohortRow)
    assert found.identity == Identity(
        upn="F860400019001",
        upn_sound=True,
        uln="9276308686",
        uln_sound=True,
        surname="Ashworth",
        forename="Kim",
        dob=date(2010, 3, 4),
        name_key="ashworth/kim/2010-03-04",
        postcode="ST16 2LH",
    )
    assert (found.year_group, found.born_in, found.sex) == (11, 2010, "F")
    assert (found.leaving, found.left_on, found.moved_to) == ("T", date(2026, 5, 1), "861")
    assert found.characteristics == ("110", "170")


def test_a_blank_cohort_status_means_that_they_are_there(tables: Tables) -> None:
    found = parsed(file(SOUND[Feed.COHORT]), Feed.COHORT, tables).rows[0]
    assert isinstance(found, CohortRow)
    assert (found.cohort_status, found.leaving) == ("P", None)


def test_an_offer_without_a_type_is_of_education(tables: Tables) -> None:
    found = parsed(file(row(Feed.OFFERS, offer_type="", guarantee_status_code="110")), Feed.OFFERS, tables).rows[0]
    assert isinstance(found, OfferRow)
    assert (found.status, found.offer_type, found.guarantee_code) == (OfferStatus.MADE, OfferType.EDUCATION, "110")


def test_an_enrolment_row_says_its_spell(tables: Tables) -> None:
    found = parsed(file(row(Feed.ENROLMENTS, activity_code="230")), Feed.ENROLMENTS, tables).rows[0]
    assert isinstance(found, EnrolmentRow)
    assert (found.status, found.starts_on) == (EnrolmentStatus.ENROLLED, date(2026, 9, 3))
    assert (found.planned_hours, found.activity_code) == (600.0, 230)


def test_an_activity_may_name_its_person_by_our_number(tables: Tables) -> None:
    nobody = dict.fromkeys(SOUND[Feed.COHORT].keys() & SOUND[Feed.ACTIVITIES].keys(), "")
    sent = SOUND[Feed.ACTIVITIES] | nobody | {"Young person ID": "42"}
    found = parsed(file(sent), Feed.ACTIVITIES, tables).rows[0]
    assert isinstance(found, ActivityRow)
    assert (found.young_person_id, found.activity_code, found.origin) == ("42", 310, Origin.ADVISER)


def test_an_establishment_has_its_number_and_its_kind(tables: Tables) -> None:
    found = parsed(file(SOUND[Feed.ESTABLISHMENTS]), Feed.ESTABLISHMENTS, tables).rows[0]
    assert isinstance(found, EstablishmentRow)
    assert (found.laestab, found.kind, found.opened_on) == ("8604000", ProviderKind.SCHOOL, date(2012, 9, 1))


def test_an_establishment_without_a_number_has_no_laestab(tables: Tables) -> None:
    found = parsed(file(row(Feed.ESTABLISHMENTS, establishmentnumber="")), Feed.ESTABLISHMENTS, tables).rows[0]
    assert isinstance(found, EstablishmentRow)
    assert found.laestab is None


@pytest.mark.parametrize(
    ("feed", "sent_on", "campaign"),
    [
        (Feed.COHORT, date(2026, 8, 31), 2026),
        (Feed.COHORT, date(2026, 9, 1), 2027),
        (Feed.OFFERS, date(2026, 5, 1), 2026),
        (Feed.ENROLMENTS, date(2026, 7, 31), 2025),
        (Feed.ENROLMENTS, date(2026, 8, 1), 2026),
    ],
)
def test_a_file_that_names_no_campaign_is_for_that_of_its_day(feed: Feed, sent_on: date, campaign: int) -> None:
    assert campaign_of(feed, sent_on) == campaign


def test_a_file_of_rejected_rows_alone_is_refused(tables: Tables) -> None:
    found = refused(parsed(file(row(Feed.COHORT, dob="")), Feed.COHORT, tables), tables)
    assert found is not None
    assert found.code == "nothing-usable"
    assert refused(parsed(file(SOUND[Feed.COHORT]), Feed.COHORT, tables), tables) is None


def test_one_provider_by_number_and_by_name_is_one(tables: Tables) -> None:
    by_name = row(Feed.OFFERS, provider_id="", provider_name="Eltton Heath College", offer_status="declined")
    found = contents(
        sheet(file(SOUND[Feed.OFFERS], by_name), Feed.OFFERS, tables),
        tables,
        today=TODAY,
        campaign=CAMPAIGN,
        provider_of=lambda number, name: "8608000",
    )
    assert found.rejected == (2, 3)


feeds = st.sampled_from(list(Feed))
cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "=1", "11", "2010-03-04", "31/02/2010", "made", "F860400019001", "9999999999", "T", "310"]
    ),
)

UPNS = ("F860400019001", "V860400019002", "N861401220123", "H801200001001", "P207000016049")
TABLES = load()


@given(st.binary(max_size=300), feeds)
def test_no_bytes_are_too_strange(content: bytes, feed: Feed) -> None:
    _read(content, feed)


@settings(max_examples=200, deadline=None)
@given(st.data(), feeds, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_no_cells_are_too_strange_and_every_row_is_counted_once(
    data: st.DataObject, feed: Feed, delimiter: str, encoding: str
) -> None:
    headings = list(SOUND[feed])
    rows = data.draw(st.lists(st.lists(cells, min_size=len(headings), max_size=len(headings)), min_size=1, max_size=6))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    found = _read(text.getvalue().encode(encoding, "replace"), feed)
    if isinstance(found, Refusal):
        return
    numbers = [row.number for row in found.rows] + list(found.copies) + list(found.rejected)
    assert len(set(numbers)) == len(numbers) == found.counted <= len(rows)
    mended = {problem.row for problem in found.problems if problem.severity == "mend"}
    assert mended == set(found.rejected)
    assert {problem.column for problem in found.problems} <= {None, *headings}


@given(st.sampled_from(list(SOUND[Feed.COHORT])), st.integers(0, 4))
def test_a_spoilt_cell_is_a_problem_of_its_own_row_and_column_alone(heading: str, place: int) -> None:
    people = [
        row(Feed.COHORT, upn=upn, uln="", surname=f"Name{letter}") for upn, letter in zip(UPNS, "abcde", strict=True)
    ]
    people[place][heading] = "=spoilt"
    found = _read(file(*people), Feed.COHORT)
    assert isinstance(found, Parsed)
    assert {(problem.row, problem.column) for problem in found.problems if problem.severity == "mend"} == {
        (place + 2, heading)
    }


def _read(content: bytes, feed: Feed) -> Parsed | Refusal:
    found = read(content, feed, TABLES)
    return contents(found, TABLES, today=TODAY, campaign=CAMPAIGN) if isinstance(found, Sheet) else found
