"""Is an identifier or postcode sound, and are names compared as people would?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain.identifiers import compared, name_key, postcode_of, uln_fault, upn_fault


@pytest.mark.parametrize("upn", ["H801200001001", "F860400019001", "V860400019002", "N861401220123", "P207000016049"])
def test_a_permanent_upn_that_passes_its_check_is_sound(upn: str) -> None:
    assert upn_fault(upn) is None


@pytest.mark.parametrize("upn", ["X00180001701A", "R86040001900A"])
def test_a_temporary_upn_is_none_to_match_by(upn: str) -> None:
    assert upn_fault(upn) == "upn-temporary"


@pytest.mark.parametrize("upn", ["B207000016049", "Q207000016049", "I801200001001", "H8012000010O1", "H80120000100I"])
def test_a_upn_that_fails_its_check_is_said(upn: str) -> None:
    assert upn_fault(upn) == "upn-check"


@pytest.mark.parametrize("uln", ["9276308686", "1234567899", "1000000000", "7000000014"])
def test_a_uln_that_passes_its_check_is_sound(uln: str) -> None:
    assert uln_fault(uln) is None


def test_a_stem_with_remainder_nought_has_no_sound_uln() -> None:
    assert {uln_fault(f"987654321{last}") for last in range(10)} == {"uln-check"}


@pytest.mark.parametrize(
    ("uln", "fault"),
    [
        ("9999999999", "uln-placeholder"),
        ("0000000000", "uln-check"),
        ("9.27631E+09", "uln-scientific"),
        ("9,27631e+9", "uln-scientific"),
        ("92763086860", "uln-form"),
        ("927630868X", "uln-form"),
        ("९२७६३०८६८६", "uln-form"),
    ],
)
def test_what_is_no_sound_uln_is_said(uln: str, fault: str) -> None:
    assert uln_fault(uln) == fault


@given(st.integers(min_value=10**9, max_value=10**10 - 2), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_makes_a_sound_uln_unsound(number: int, place: int, more: int) -> None:
    uln = str(number)
    wrong = uln[:place] + str((int(uln[place]) + more) % 10) + uln[place + 1 :]
    assert uln_fault(uln) is not None or uln_fault(wrong) is not None


@pytest.mark.parametrize("shape", ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB"])
def test_the_six_shapes_of_a_postcode(shape: str) -> None:
    assert postcode_of(f" {shape.lower().replace(' ', '')} ") == (shape, True)


@pytest.mark.parametrize("written", ["ST16", "ST16 2L", "2ST16 LH", "ABC1 1AA", "not known"])
def test_other_shapes_are_kept_in_capitals(written: str) -> None:
    assert postcode_of(written) == (written.upper(), False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("O'Brien", "OBRIEN", True),
        ("Smith-Jones", "smith jones", True),
        ("Zoe\u0308", "ZOË", True),
        ("Zoë", "Zoe", False),
        ("Straße", "STRASSE", True),
        ("Åsa", "Asa", False),
        ("Ann", "Anne", False),
    ],
)
def test_case_spaces_and_punctuation_are_aside_and_accents_count(one: str, other: str, same: bool) -> None:
    assert (compared(one) == compared(other)) is same


@given(st.text())
def test_a_name_compared_is_compared_already(name: str) -> None:
    assert compared(compared(name)) == compared(name)


def test_a_name_without_a_birth_is_no_key() -> None:
    assert name_key("Ashworth", "Kim", None) is None
    assert name_key("Ashworth", "Kim", date(2010, 3, 4)) == "ashworth/kim/2010-03-04"
