"""Is a file read whatever its letters, separators and headings, and are its rows numbered as a spreadsheet does?"""

import pytest

from services.ingest.domain.sheet import Sheet, read
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import Feed
from tests.ingest.files import SOUND, file, parsed, row, sheet

COHORT = row(Feed.COHORT, surname="Brontë", forename="Zoë")
NUMBERED = b"UPN,Surname,Forename,DOB,Year group,Contact note\r\n"
LINE = b"F860400019001,Ashworth,Kim,2010-03-04,11,"
OTHER = LINE.replace(b"F860400019001", b"V860400019002")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_letters_and_separators_do_not_matter(encoding: str, delimiter: str, tables: Tables) -> None:
    found = parsed(file(COHORT, delimiter=delimiter, encoding=encoding), Feed.COHORT, tables)
    assert [row.identity.surname for row in found.rows] == ["Brontë"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("theirs", "ours", "feed"),
    [
        ("Unique Pupil Number", "UPN", Feed.COHORT),
        ("unique_learner_number", "ULN", Feed.OFFERS),
        ("Last name", "Surname", Feed.COHORT),
        ("FAMILY NAME", "Surname", Feed.OFFERS),
        ("Legal surname", "Surname", Feed.ENROLMENTS),
        ("First name", "Forename", Feed.COHORT),
        ("Given-name", "Forename", Feed.ACTIVITIES),
        ("Legal forename", "Forename", Feed.COHORT),
        ("Date of birth", "DOB", Feed.COHORT),
        ("Birth date", "DOB", Feed.OFFERS),
        ("Gender", "Sex", Feed.COHORT),
        ("Post code", "Postcode", Feed.ENROLMENTS),
        ("NC Year", "Year group", Feed.COHORT),
        ("Year", "Year group", Feed.COHORT),
        ("Status of offer", "Offer status", Feed.OFFERS),
        ("Date of offer", "Offer date", Feed.OFFERS),
        ("Name of provider", "Provider name", Feed.OFFERS),
        ("Enrollment status", "Enrolment status", Feed.ENROLMENTS),
        ("Planned learning hours", "Planned hours", Feed.ENROLMENTS),
        ("Planned end date", "Expected end date", Feed.ENROLMENTS),
        ("Actual end date", "End date", Feed.ENROLMENTS),
        ("Date started", "Start date", Feed.ENROLMENTS),
        ("Current activity code", "Activity code", Feed.ENROLMENTS),
        ("Date verified", "Verified date", Feed.ACTIVITIES),
    ],
)
def test_headings_that_are_known_from_the_start_match(theirs: str, ours: str, feed: Feed, tables: Tables) -> None:
    sent = {theirs if heading == ours else heading: cell for heading, cell in SOUND[feed].items()}
    found = sheet(file(sent), feed, tables)
    assert (theirs, ours) in {(heading, column.name) for _, heading, column in found.columns}
    assert found.notes == ()


def test_a_problem_names_the_column_as_the_file_heads_it(tables: Tables) -> None:
    sent = {"birth_DATE" if heading == "DOB" else heading: cell for heading, cell in SOUND[Feed.COHORT].items()}
    found = parsed(file(sent | {"birth_DATE": "soon"}), Feed.COHORT, tables)
    assert found.problems[0].column == "birth_DATE"


def test_extra_columns_are_noted(tables: Tables) -> None:
    found = parsed(file(SOUND[Feed.COHORT] | {"Tutor group": "11B", "House": "Red"}), Feed.COHORT, tables)
    assert "Tutor group, House" in found.notes[0]


def test_a_heading_that_was_learned_is_read(tables: Tables) -> None:
    sent = {"Nachname" if heading == "Surname" else heading: cell for heading, cell in SOUND[Feed.COHORT].items()}
    assert isinstance(read(file(sent), Feed.COHORT, tables, learned={"NACHNAME": "Surname"}), Sheet)


@pytest.mark.parametrize("above", ["Green Academy\n", "Cohort 2026,,\n\n,,,\nPrinted on,20/05/2026\n"])
def test_titles_above_the_headings_are_counted(above: str, tables: Tables) -> None:
    found = parsed(file(row(Feed.COHORT, dob="soon"), above=above), Feed.COHORT, tables)
    assert found.problems[0].row == above.count("\n") + 2


def test_blank_lines_are_passed_over_and_counted(tables: Tables) -> None:
    content = NUMBERED + b"\r\n" + LINE + b"\r\n , ,,,,\r\n\r\n" + OTHER.replace(b"-04", b"-99") + b"\r\n\r\n"
    found = parsed(content, Feed.COHORT, tables)
    assert [row.number for row in found.rows] == [3]
    assert found.counted == 2
    assert {problem.row for problem in found.problems} == {6}


def test_a_cell_over_several_lines_is_one_row(tables: Tables) -> None:
    found = parsed(NUMBERED + LINE + b'"one\r\ntwo\nthree"\r\n' + OTHER + b"\r\n", Feed.COHORT, tables)
    assert [row.number for row in found.rows] == [2, 3]
    assert found.problems == ()


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\r", b"\n\x1a"])
def test_the_end_of_the_file_does_not_matter(end: bytes, tables: Tables) -> None:
    assert parsed(NUMBERED + LINE + end, Feed.COHORT, tables).counted == 1


def test_one_sheet_may_hold_the_columns_of_two_feeds(tables: Tables) -> None:
    both = file(SOUND[Feed.COHORT] | SOUND[Feed.OFFERS])
    assert isinstance(read(both, Feed.COHORT, tables), Sheet)
    assert isinstance(read(both, Feed.OFFERS, tables), Sheet)


def test_a_register_with_a_hundred_columns_more_is_read(tables: Tables) -> None:
    wide = SOUND[Feed.ESTABLISHMENTS] | {f"Other{number} (name)": "x" for number in range(140)}
    found = parsed(file(wide, encoding="cp1252"), Feed.ESTABLISHMENTS, tables)
    assert [row.laestab for row in found.rows] == ["8604000"]  # type: ignore[union-attr]
