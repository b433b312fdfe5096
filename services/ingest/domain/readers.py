"""Which reader goes with which kind of column?"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from services.ingest.domain import cells
from services.ingest.domain.cells import Reader
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import EnrolmentStatus, OfferStatus, OfferType, Origin

PLAIN: dict[str, Reader] = {
    "text": cells.text,
    "name": cells.name,
    "date": cells.day,
    "upn": cells.upn,
    "uln": cells.uln,
    "postcode": cells.postcode,
    "directory postcode": cells.directory_postcode,
    "hours": cells.hours,
    "authority": cells.shaped(r"\d{3}", "authority-form"),
    "young person": cells.shaped(r"\d{1,10}", "young-person-form"),
    "provider": cells.shaped(r"\d{6}|\d{7}|1\d{7}|council", "provider-form"),
    "named provider": cells.shaped(r"\d{6}|\d{7}|1\d{7}", "named-provider-form", kept=True),
    "urn": cells.shaped(r"\d{6}", "urn-form"),
    "ukprn": cells.shaped(r"1\d{7}", "ukprn-form"),
    "establishment number": cells.shaped(r"\d{4}", "establishment-number-form"),
    "campaign": cells.number(r"2[01]\d\d", "campaign-form"),
}
MEANINGS: dict[str, Callable[[str], object]] = {
    "year group": int,
    "yes or no": "yes".__eq__,
    "offer status": OfferStatus,
    "offer type": OfferType,
    "enrolment status": EnrolmentStatus,
    "source": Origin,
}
VALUE_CHECKS = frozenset(
    {
        "required", "line-break", "name-characters", "date-form", "date-impossible", "upn-length", "upn-check",
        "upn-temporary", "uln-scientific", "uln-form", "uln-check", "uln-placeholder", "postcode-shape", "hours-form",
        "authority-form", "young-person-form", "provider-form", "named-provider-form", "urn-form", "ukprn-form",
        "establishment-number-form", "campaign-form", "word-unknown", "code-unknown", "formula", "too-long",
        "too-many-cells", "postcode-unusable",
    }
)  # fmt: skip


def reader(kind: str, tables: Tables, today: date) -> Reader:
    """It remembers what it has read, for as long as one file is read: most cells of a file repeat."""
    found = PLAIN.get(kind) or _of_list(kind, tables, today)
    return found if kind in ("text", "upn", "uln") else lru_cache(maxsize=None)(found)


def expected(kind: str, tables: Tables) -> str:
    """The words that a column of words takes, as a sentence lists them."""
    source, _, name = kind.partition(":")
    return ", ".join(dict.fromkeys(tables.words[name].values())) if source == "words" else ""


def _of_list(kind: str, tables: Tables, today: date) -> Reader:
    source, _, name = kind.partition(":")
    if source == "words":
        meaning = MEANINGS.get(name, str)
        return cells.word({word: meaning(value) for word, value in tables.words[name].items()})
    if kind == "activity":
        return cells.activity_of(frozenset(tables.codes["activity_codes"]))
    codes = cells.valid(tables, name, today)
    return cells.codes_of(codes) if source == "codes" else cells.code_of(codes)
