"""What does a cell say, by the kind of its column, and what is wrong with it?

A reader takes a cell as it came and gives its value and the code of a check, either of which may be None.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from services.ingest.domain.identifiers import postcode_of, tidy, uln_fault, upn_fault
from services.ingest.domain.tables import Tables, plain

Value = tuple[Any, str | None]
Reader = Callable[[str], Value]

BLANK: Value = (None, None)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEARS = range(1900, 2200)
_NOT_IN_NAMES = frozenset('0123456789/\\:?@$&*(){}[]!"+=|')


def text(cell: str) -> Value:
    return cell.strip() or None, None


def name(cell: str) -> Value:
    shown = tidy(cell)
    if not shown:
        return BLANK
    if "\n" in cell.strip() or "\r" in cell.strip():
        return None, "line-break"
    return shown, "name-characters" if not _NOT_IN_NAMES.isdisjoint(shown) else None


def day(cell: str) -> Value:
    written = cell.strip()
    if not written:
        return BLANK
    parts = _date_parts(written)
    if parts is None:
        return None, "date-form"
    try:
        found = date(*parts)
    except ValueError:
        return None, "date-impossible"
    return (found, None) if found.year in _YEARS else (None, "date-impossible")


def _date_parts(written: str) -> tuple[int, int, int] | None:
    if iso := _ISO.fullmatch(written):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if british := _BRITISH.fullmatch(written):
        return int(british[4]), int(british[3]), int(british[1])
    return None


def upn(cell: str) -> Value:
    """The value is the UPN in capitals and whether it is sound."""
    sent = "".join(cell.split()).upper()
    if not sent:
        return BLANK
    fault = upn_fault(sent)
    return (sent, fault is None), fault


def uln(cell: str) -> Value:
    """The value is the ULN and whether it is sound."""
    sent = "".join(cell.split())
    if not sent:
        return BLANK
    fault = uln_fault(sent)
    return (sent, fault is None), fault


def postcode(cell: str) -> Value:
    if not cell.strip():
        return BLANK
    shown, sound = postcode_of(cell)
    return shown, None if sound else "postcode-shape"


def directory_postcode(cell: str) -> Value:
    shown, fault = postcode(cell)
    return (None, "postcode-unusable") if fault else (shown, None)


def hours(cell: str) -> Value:
    written = cell.strip()
    if not written:
        return BLANK
    number = written.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", written, re.ASCII) else written
    if not re.fullmatch(r"\d{1,4}(\.\d{1,6})?", number, re.ASCII):
        return None, "hours-form"
    return float(number), None


def shaped(pattern: str, code: str, *, kept: bool = False) -> Reader:
    """Digits of one shape, kept as text; what has another shape is kept only where it may stand as sent."""
    fits = re.compile(pattern, re.ASCII).fullmatch

    def read(cell: str) -> Value:
        written = cell.strip()
        if not written:
            return BLANK
        return (written, None) if fits(written) else (written if kept else None, code)

    return read


def number(pattern: str, code: str) -> Reader:
    fits = re.compile(pattern, re.ASCII).fullmatch

    def read(cell: str) -> Value:
        written = cell.strip()
        if not written:
            return BLANK
        return (int(written), None) if fits(written) else (None, code)

    return read


def word(words: dict[str, Any]) -> Reader:
    """One of a list of words, whatever its case and spaces; a blank means what the list says of a blank."""

    def read(cell: str) -> Value:
        written = cell.strip()
        found = words.get(plain(written))
        if found is None and written:
            return None, "word-unknown"
        return found if written else words.get(""), None

    return read


def code_of(codes: frozenset[str]) -> Reader:
    def read(cell: str) -> Value:
        written = cell.strip().upper()
        if not written:
            return BLANK
        return (written, None) if written in codes else (None, "code-unknown")

    return read


def codes_of(codes: frozenset[str]) -> Reader:
    def read(cell: str) -> Value:
        written = tuple(sorted({part.strip().upper() for part in re.split("[;,]", cell)} - {""}))
        return (written, None) if codes.issuperset(written) else ((), "code-unknown")

    return read


def activity_of(codes: frozenset[str]) -> Reader:
    """Any code that was ever in the list; whether it was on the day is a question for the row."""
    read_code = code_of(codes)

    def read(cell: str) -> Value:
        written, code = read_code(cell)
        return (int(written) if written else None), code

    return read


def valid(tables: Tables, code_list: str, today: date) -> frozenset[str]:
    return frozenset(
        code for code, spans in tables.codes[code_list].items() if any(span.holds(today) for span in spans)
    )
