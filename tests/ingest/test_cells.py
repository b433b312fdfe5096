"""Is each kind of cell read however it is written?"""

from datetime import date

import pytest

from services.ingest.domain import cells
from services.ingest.domain.readers import reader
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import EnrolmentStatus, OfferType, Origin
from tests.ingest.files import TODAY


@pytest.mark.parametrize("written", ["2010-03-04", "04/03/2010", "04-03-2010", " 4/3/2010 ", "2010-03-04\t"])
def test_three_ways_to_write_a_date(written: str) -> None:
    assert cells.day(written) == (date(2010, 3, 4), None)


@pytest.mark.parametrize("written", ["03.04.2010", "2010/03/04", "04/03-2010", "04/03/10", "२०१०-०३-०४", "2010-03"])
def test_other_ways_are_not_guessed(written: str) -> None:
    assert cells.day(written) == (None, "date-form")


@pytest.mark.parametrize("written", ["2010-02-29", "31/04/2010", "00-01-2010", "2010-13-01", "1889-12-31"])
def test_a_day_that_never_was_is_said(written: str) -> None:
    assert cells.day(written) == (None, "date-impossible")


def test_the_leap_day_of_a_leap_year_is_a_day() -> None:
    assert cells.day("29/02/2012") == (date(2012, 2, 29), None)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("words:enrolment status", "DID_NOT_START", EnrolmentStatus.DID_NOT_START),
        ("words:enrolment status", " Did not  start ", EnrolmentStatus.DID_NOT_START),
        ("words:offer type", "Employment with study", OfferType.EMPLOYMENT_WITH_STUDY),
        ("words:offer type", "", OfferType.EDUCATION),
        ("words:source", "ADVISER", Origin.ADVISER),
        ("words:sex", "female", "F"),
        ("words:sex", "", "unknown"),
        ("words:year group", " Year 11 ", 11),
        ("words:yes or no", "y", True),
        ("words:yes or no", "No", False),
        ("words:yes or no", "", None),
        ("code:cohort_status", "p", "P"),
        ("code:ethnicity", " wbri ", "WBRI"),
        ("codes:characteristics", "170; 110 ;110", ("110", "170")),
        ("codes:characteristics", "", ()),
        ("activity", " 310 ", 310),
        ("hours", "540", 540.0),
        ("hours", "1,080.5", 1080.5),
        ("postcode", "st162lh", "ST16 2LH"),
        ("name", " Mary   Ann ", "Mary Ann"),
        ("name", "Zoe\u0308", "Zoë"),
        ("upn", " f860400019001 ", ("F860400019001", True)),
        ("uln", "92763 08686", ("9276308686", True)),
        ("named provider", "10003000", "10003000"),
        ("text", "  ", None),
    ],
)
def test_a_cell_gives_its_value(kind: str, written: str, value: object, tables: Tables) -> None:
    assert reader(kind, tables, TODAY)(written) == (value, None)


def test_a_weak_identifier_is_kept_as_sent(tables: Tables) -> None:
    assert reader("upn", tables, TODAY)("r86040001900a") == (("R86040001900A", False), "upn-temporary")
    assert reader("uln", tables, TODAY)("9999999999") == (("9999999999", False), "uln-placeholder")


def test_a_code_counts_on_the_days_of_its_list_alone(tables: Tables) -> None:
    assert reader("activity", tables, TODAY)("720") == (720, None)
    assert "720" not in cells.valid(tables, "activity_codes", TODAY)
    assert "720" in cells.valid(tables, "activity_codes", date(2018, 3, 31))
