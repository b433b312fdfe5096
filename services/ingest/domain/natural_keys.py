"""What is a row of a file about, so that a second row about the same thing is seen? (rulebook 3.4)"""

from collections.abc import Callable, Iterator
from datetime import date

from services.ingest.domain.record_checks import Cells
from services.ingest.domain.tables import Tables
from shared.domain.natural_keys import compared, unresolved
from shared.domain.vocabulary import Feed, OfferStatus

ProviderOf = Callable[[str | None, str | None], str]
"""The provider that an id and a name stand for, and the same one however it is written."""
Key = tuple[object, ...]
Statement = tuple[Key, date | None, tuple[object, ...]]
"""What a row states: its key, the start of a spell where starts near each other are one, and all that it says of it."""

SPELLS: dict[Feed, tuple[str, ...]] = {
    Feed.ENROLMENTS: ("status", "expected_end_on", "ends_on", "planned_hours", "course_type", "activity_code"),
    Feed.ACTIVITIES: ("activity_code", "ends_on", "expected_end_on", "verified_on", "review_on", "origin"),
}
"""What a row of a spell says of it; a start that is near another's is the same spell's."""
RECORDS: dict[Feed, tuple[str, ...]] = {
    Feed.ESTABLISHMENTS: ("urn",),
    Feed.POSTCODES: ("postcode", "from_on"),
    Feed.EXPECTATIONS: ("provider", "feed", "campaign"),
}


def as_written(provider_id: str | None, name: str | None) -> str:
    return provider_id or unresolved(name) or ""


def person_key(row: Cells) -> Key | None:
    """Whoever the row is about before it is matched: by sound UPN, else sound ULN, else name, birth and postcode.

    None where that leaves it open: two people may share a name and a birth, and what is not sound joins no two rows.
    """
    for field in ("upn", "uln"):
        identifier = row.get(field)
        if identifier and identifier[1]:
            return (field, identifier[0])
    if row.get("young_person_id"):
        return ("young_person_id", row["young_person_id"])
    names = compared(row.get("surname") or ""), compared(row.get("forename") or "")
    if all(names) and row.get("dob") and row.get("postcode"):
        return ("name", *names, row["dob"], row["postcode"])
    return None


def statements(feed: Feed, row: Cells, tables: Tables, provider_of: ProviderOf) -> Iterator[Statement]:
    """Of a row whose key cannot be read, nothing."""
    if feed == Feed.COHORT:
        if row.get("upn"):
            yield ("upn", row["upn"][0]), None, tuple(row.values())
    elif feed in RECORDS:
        yield _said(row, *RECORDS[feed]), None, tuple(row.values())
    elif (person := person_key(row)) is not None:
        yield from _of_person(person, feed, row, tables, provider_of=provider_of)


def _of_person(person: Key, feed: Feed, row: Cells, tables: Tables, *, provider_of: ProviderOf) -> Iterator[Statement]:
    if feed == Feed.OFFERS:
        yield from _offers(person, row, provider_of)
    elif row.get("starts_on"):
        employer = _employer(row, tables, provider_of) if feed == Feed.ACTIVITIES else ""
        yield (*person, "spell", employer), row["starts_on"], _said(row, *SPELLS[feed])


def _offers(person: Key, row: Cells, provider_of: ProviderOf) -> Iterator[Statement]:
    if row.get("status") == OfferStatus.NONE:
        yield (*person, "none"), None, ()
    elif row.get("status") is not None:
        provider = provider_of(row.get("provider_id"), row.get("provider_name"))
        said = _said(row, "status", "offer_type", "offered_on", "starts_on", "status_on")
        yield (*person, "offer", provider, compared(row.get("course") or "")), None, said
    if row.get("guarantee_code") is not None:
        yield (*person, "code"), None, _said(row, "guarantee_code")


def _employer(row: Cells, tables: Tables, provider_of: ProviderOf) -> str:
    """Where nobody is named, the group of the activity stands in."""
    return provider_of(None, row.get("provider_name")) or tables.groups.get(row.get("activity_code") or 0, "")


def _said(row: Cells, *fields: str) -> tuple[object, ...]:
    return tuple(row.get(field) for field in fields)
