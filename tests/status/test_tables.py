"""Does every table decide every case, by rows that can all fit, and refuse what it cannot mean?"""

from itertools import product

import pytest

from services.status.domain.rules import TABLES, VOCABULARY
from services.status.tables import load
from shared.domain.decision_table import DecisionTable, TableRefused
from shared.domain.decision_table import load as load_table
from shared.domain.vocabulary import GuaranteeOutcome, Participation

RULES = load()
RESULTS = {
    "guarantee": {outcome.value for outcome in GuaranteeOutcome},
    "participation": {group.value for group in Participation},
    "need_summer": {"none", "ask provider", "contact"},
    "need_autumn": {"none", "ask provider", "contact"},
}
SMALL = "row,enrolled,made,result,because\n"


def table(name: str) -> DecisionTable:
    found = getattr(RULES, name)
    assert isinstance(found, DecisionTable)
    return found


def cases(found: DecisionTable) -> list[tuple[object, ...]]:
    kinds = (VOCABULARY[fact] for fact in found.facts)
    return list(product(*((True, False) if kind is bool else tuple(kind) for kind in kinds)))  # type: ignore[call-overload]


@pytest.mark.parametrize("name", TABLES)
def test_every_combination_of_facts_is_decided_and_every_row_decides_some(name: str) -> None:
    found = table(name)
    assert {found.decide(case) for case in cases(found)} == set(found.rows)  # type: ignore[arg-type]
    assert len(found.fits) == len(cases(found))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_gives_a_result_that_is_known_and_a_sentence(name: str) -> None:
    for row in table(name).rows:
        assert row.result in RESULTS[name]
        assert row.because.endswith(".") and row.because[0].isupper()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_sees_at_most_eight_facts(name: str) -> None:
    assert len(table(name).facts) <= 8


@pytest.mark.parametrize(
    ("rows", "because"),
    [
        ("A,yes,*,X,They.\nB,perhaps,*,Y,They.\nC,*,*,Z,They.\n", "row 3"),
        ("A,yes,*,X,They.\nB,yes,no,Y,They.\nC,*,*,Z,They.\n", "row 3"),
        ("A,yes,*,X,They.\nB,no,*,Y,They.\nC,*,*,Z,They.\n", "row 4"),
        ("A,yes,*,X,They.\nB,no,yes,Y,They.\n", "row 3"),
        ("", "row 1"),
    ],
    ids=["an unknown value", "a row that can never fit", "a last row that can never fit", "not total", "empty"],
)
def test_a_table_that_does_not_hold_is_refused_with_its_row(rows: str, because: str) -> None:
    with pytest.raises(TableRefused, match=because):
        load_table("small", "1", (SMALL + rows).splitlines(), VOCABULARY)


def test_a_misspelt_fact_is_refused_with_the_row_of_the_heading() -> None:
    lines = ["row,enroled,result,because", "A,*,X,They."]
    with pytest.raises(TableRefused, match="row 1 names facts that the code does not know: enroled"):
        load_table("small", "1", lines, VOCABULARY)


def test_a_misspelt_value_is_quoted() -> None:
    lines = ["row,latest,result,because", "A,DECLINDE,X,They.", "B,*,Y,They."]
    with pytest.raises(TableRefused, match="row 2: latest cannot be 'DECLINDE'"):
        load_table("small", "1", lines, VOCABULARY)
