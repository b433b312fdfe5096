"""Does every check on incoming rows have a question, a message and a case that breaks it?"""

from pathlib import Path

from services.ingest.domain import content, contents, headings, sheet
from services.ingest.domain.readers import VALUE_CHECKS, expected, reader
from services.ingest.domain.record_checks import RECORD
from services.ingest.tables import load
from shared.domain.vocabulary import Feed
from tests.ingest.check_cases import BY_THEMSELVES, FILES, ROWS, SEVERAL
from tests.ingest.files import TODAY

TABLES = load()
SOURCES = "".join(Path(str(module.__file__)).read_text("utf-8") for module in (content, contents, headings, sheet))


def codes(tier: str) -> set[str]:
    return {check.code for check in TABLES.checks.values() if check.tier == tier}


def test_every_row_and_value_check_has_a_question() -> None:
    assert codes("record") == set(RECORD)
    assert codes("value") == VALUE_CHECKS
    assert codes("cohort") == {"same-upn", "same-key"}
    assert all(f'"{code}"' in SOURCES for code in codes("file"))


def test_every_check_has_a_case_that_breaks_it() -> None:
    broken = {case[0] for case in (*ROWS, *SEVERAL, *FILES)}
    assert broken | set(BY_THEMSELVES) == set(TABLES.checks)


def test_every_message_is_a_sentence_with_a_way_out() -> None:
    for check in TABLES.checks.values():
        assert check.message[-1] in ".?}", check.code
        assert check.severity == "mend" or "?" in check.message or "." in check.message, check.code


def test_every_column_has_a_reader_and_every_check_a_column() -> None:
    for feed in Feed:
        for column in TABLES.columns[feed]:
            assert reader(column.kind, TABLES, TODAY)("")[1] is None
            assert isinstance(expected(column.kind, TABLES), str)
    for check in TABLES.checks.values():
        for feed in (feed for feed in Feed if check.tier == "record" and check.asks(feed)):
            assert {column.name for column in TABLES.columns[feed]} & set(check.columns), check.code


def test_no_code_is_twice_in_a_list_on_one_day() -> None:
    for spans in (spans for codes in TABLES.codes.values() for spans in codes.values()):
        assert sum(span.holds(TODAY) for span in spans) <= 1
