"""Does each check see its fault, point to the right row and column, and say so in words for whoever sent it?"""

import pytest

from services.ingest.domain.sheet import Sheet, read
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import Feed
from tests.ingest.check_cases import FILES, PLAIN, ROWS, SEVERAL
from tests.ingest.files import SOUND, file, parsed, refused


@pytest.mark.parametrize("feed", list(Feed))
def test_a_sound_row_has_no_problem(feed: Feed, tables: Tables) -> None:
    found = parsed(file(SOUND[feed]), feed, tables)
    assert (found.problems, found.rejected, len(found.rows)) == ((), (), 1)


@pytest.mark.parametrize(("code", "feed", "changes", "column"), ROWS)
def test_a_row_check_points_to_its_cell(
    code: str, feed: Feed, changes: dict[str, str], column: str | None, tables: Tables
) -> None:
    sound = SOUND[feed] | {"UPN": "V860400019002", "ULN": "1234567899", "URN": "140001", "From": "2020-01-01"}
    found = parsed(file(sound | {"Campaign": "2025"}, SOUND[feed] | changes), feed, tables)
    problem = next(problem for problem in found.problems if problem.code == code and problem.row == 3)
    assert (problem.column, problem.severity) == (column, tables.checks[code].severity)
    assert (3 in found.rejected) == (problem.severity == "mend")
    assert 2 not in {problem.row for problem in found.problems}


@pytest.mark.parametrize(("code", "feed", "changes", "column"), ROWS)
def test_a_message_quotes_no_cell(
    code: str, feed: Feed, changes: dict[str, str], column: str | None, tables: Tables
) -> None:
    found = parsed(file(SOUND[feed] | changes), feed, tables)
    personal = [SOUND[Feed.COHORT][name] for name in ("UPN", "ULN", "Surname", "Forename", "DOB")]
    for problem in found.problems:
        assert not any(value in problem.message for value in personal)
        assert "{" not in problem.message


@pytest.mark.parametrize(("code", "feed", "changes"), SEVERAL)
def test_rows_that_contradict_each_other_are_both_rejected(
    code: str, feed: Feed, changes: dict[str, str], tables: Tables
) -> None:
    found = parsed(file(SOUND[feed], SOUND[feed] | changes), feed, tables)
    assert found.rejected == (2, 3)
    assert [(problem.row, problem.code) for problem in found.problems if problem.code == code] == [(2, code), (3, code)]


@pytest.mark.parametrize("feed", list(Feed))
def test_a_second_copy_is_counted_and_not_read_again(feed: Feed, tables: Tables) -> None:
    found = parsed(file(SOUND[feed], SOUND[feed]), feed, tables)
    assert ([row.number for row in found.rows], found.copies, found.rejected) == ([2], (3,), ())


def test_a_copy_of_a_contradicted_row_is_rejected_with_it(tables: Tables) -> None:
    sound = SOUND[Feed.COHORT]
    found = parsed(file(sound, sound, sound | {"Year group": "12"}), Feed.COHORT, tables)
    assert (found.rejected, found.rows, found.copies) == ((2, 3, 4), (), ())


@pytest.mark.parametrize(("code", "feed", "content"), FILES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_file_check_refuses_the_file_in_one_sentence_or_two(
    code: str, feed: Feed, content: bytes, tables: Tables
) -> None:
    refusal = refused(content, feed, tables)
    assert refusal.code == code
    assert "{" not in refusal.message
    assert refusal.message.endswith(".")
    assert "Ashworth" not in refusal.message


def test_an_open_quotation_mark_is_found_in_its_row(tables: Tables) -> None:
    assert refused(PLAIN + b'V1,"Brook,Lee,2010-03-05,11\nV2,Moor,Ann,2010-03-06,11\n', Feed.COHORT, tables).row == 3


def test_a_missing_column_comes_with_the_nearest_heading(tables: Tables) -> None:
    content = PLAIN.replace(b"Year group", b"Years grp")
    assert '"Years grp"' in refused(content, Feed.COHORT, tables).message


def test_a_wrong_feed_is_named(tables: Tables) -> None:
    assert '"cohort"' in refused(PLAIN, Feed.ENROLMENTS, tables).message


def test_a_row_with_more_cells_than_headings_is_rejected(tables: Tables) -> None:
    found = parsed(PLAIN + b"V860400019002,Brook,Lee,2010-03-05,11,x\n", Feed.COHORT, tables)
    assert [(problem.row, problem.code) for problem in found.problems] == [(3, "too-many-cells")]
    assert found.rejected == (3,)


def test_a_row_with_fewer_or_only_blank_cells_more_is_read(tables: Tables) -> None:
    content = b"DOB,Surname,Forename,Year group,UPN,ULN\n2010-03-04,Ashworth,Kim,11\n2010-03-05,Brook,Lee,11,,,,\n"
    assert parsed(content, Feed.COHORT, tables).rejected == ()


def test_a_formula_in_a_column_that_nobody_asked_for_rejects_too(tables: Tables) -> None:
    found = parsed(file(SOUND[Feed.COHORT] | {"Tutor group": "=A1"}), Feed.COHORT, tables)
    assert (found.rejected, found.problems[0].column) == ((2,), "Tutor group")


@pytest.mark.parametrize(
    ("feed", "column", "code"),
    [(Feed.OFFERS, "Offer status", "word-unknown"), (Feed.ENROLMENTS, "Planned hours", "hours-form"),
     (Feed.ACTIVITIES, "Source", "word-unknown")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_not_called_empty_as_well(
    feed: Feed, column: str, code: str, tables: Tables
) -> None:
    blank = {name: "" for name in SOUND[feed] if name in {"Activity code", "Guarantee status code"}}
    wrong = SOUND[feed] | (blank if feed is not Feed.ACTIVITIES else {}) | {column: "perhaps"}
    found = parsed(file(wrong), feed, tables)
    assert [problem.code for problem in found.problems if problem.column == column] == [code]


@pytest.mark.parametrize("start", ["+44 7700 900001", "-", "@home"])
def test_other_signs_begin_a_text_like_any_other(start: str, tables: Tables) -> None:
    found = parsed(file(SOUND[Feed.COHORT] | {"Contact note": start}), Feed.COHORT, tables)
    assert found.problems == ()


def test_rows_without_a_strong_identifier_do_not_contradict_each_other(tables: Tables) -> None:
    weak = SOUND[Feed.ENROLMENTS] | {"UPN": "", "ULN": "9999999999", "Surname": ""}
    found = parsed(file(weak, weak | {"Enrolment status": "expected"}), Feed.ENROLMENTS, tables)
    assert (len(found.rows), found.rejected) == (2, ())


def test_a_name_and_a_birth_alone_may_be_of_two_people(tables: Tables) -> None:
    named = SOUND[Feed.OFFERS] | {"UPN": "", "ULN": ""}
    twice = file(named, named | {"Offer status": "declined"})
    assert parsed(twice, Feed.OFFERS, tables).rejected == (2, 3)
    assert parsed(twice.replace(b"ST16 2LH", b""), Feed.OFFERS, tables).rejected == ()


def test_rows_that_differ_in_who_they_name_alone_are_two(tables: Tables) -> None:
    offer = SOUND[Feed.OFFERS]
    found = parsed(file(offer, offer | {"Postcode": ""}), Feed.OFFERS, tables)
    assert (len(found.rows), found.copies, found.rejected) == (2, (), ())


def test_a_start_beyond_the_tolerance_is_another_spell(tables: Tables) -> None:
    spell = SOUND[Feed.ENROLMENTS]
    later = spell | {"Enrolment status": "expected", "Start date": "2026-09-18"}
    assert parsed(file(spell, later), Feed.ENROLMENTS, tables).rejected == ()


def test_what_is_no_table_is_refused_and_what_is_one_is_not(tables: Tables) -> None:
    assert isinstance(read(PLAIN, Feed.COHORT, tables), Sheet)
