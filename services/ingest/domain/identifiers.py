"""Is a UPN, ULN or postcode sound, and how is a name compared?"""

import re
import unicodedata
from datetime import date
from operator import mul

from shared.domain.natural_keys import compared as compared

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
ULN_PLACEHOLDER = "9999999999"
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)
_POSTCODE = re.compile(r"(?:[A-Z]{1,2}\d{1,2}|[A-Z]{1,2}\d[A-Z])\d[A-Z]{2}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.ASCII)


def upn_fault(upn: str) -> str | None:
    """The code of the check that a UPN in capitals fails; None where it is sound (domain.md 3.2)."""
    if len(upn) != 13:
        return "upn-length"
    if not _UPN.fullmatch(upn) or UPN_LETTERS[_upn_sum(upn) % 23] != upn[0]:
        return "upn-check"
    return "upn-temporary" if upn[12].isalpha() else None


def _upn_sum(upn: str) -> int:
    last = UPN_LETTERS.index(upn[12]) if upn[12].isalpha() else int(upn[12])
    counted: int = sum(map(mul, range(2, 13), map(int, upn[1:12])))
    return counted + 13 * last


def uln_fault(uln: str) -> str | None:
    """The code of the check that a ULN fails; None where it is sound (domain.md 3.3)."""
    if uln == ULN_PLACEHOLDER:
        return "uln-placeholder"
    if _SCIENTIFIC.fullmatch(uln.upper()):
        return "uln-scientific"
    if len(uln) != 10 or not (uln.isascii() and uln.isdigit()):
        return "uln-form"
    return None if uln[0] != "0" and _uln_sum(uln) % 11 == 10 else "uln-check"


def _uln_sum(uln: str) -> int:
    counted: int = sum(map(mul, range(10, 0, -1), map(int, uln)))
    return counted


def postcode_of(text: str) -> tuple[str, bool]:
    """In capitals with one space before the last three characters, and whether it has a British shape."""
    joined = "".join(text.upper().split())
    sound = _POSTCODE.fullmatch(joined) is not None
    return (f"{joined[:-3]} {joined[-3:]}", True) if sound else (" ".join(text.upper().split()), False)


def tidy(text: str) -> str:
    """A name as it is shown: composed, with single spaces."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def name_key(surname: str | None, forename: str | None, dob: date | None) -> str | None:
    """What the third step of matching compares; None unless all three are given."""
    if not surname or not forename or dob is None:
        return None
    return f"{compared(surname)}/{compared(forename)}/{dob.isoformat()}"
