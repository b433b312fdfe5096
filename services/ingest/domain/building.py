"""How does a sound draft become the row that its feed says?"""

from collections.abc import Mapping
from typing import Any

from services.ingest.domain.drafts import Draft
from services.ingest.domain.establishment_kind import kind_of
from services.ingest.domain.identifiers import name_key
from services.ingest.domain.rows import (
    ActivityRow,
    CohortRow,
    EnrolmentRow,
    EstablishmentRow,
    ExpectationRow,
    Identity,
    OfferRow,
    PostcodeRow,
    Row,
)
from services.ingest.domain.tables import Tables
from shared.domain import academic_year
from shared.domain.vocabulary import Feed

PERSONAL = ("upn", "uln", "surname", "forename", "dob", "postcode")
_OF_PEOPLE: Mapping[Feed, type[OfferRow | EnrolmentRow | ActivityRow]] = {
    Feed.OFFERS: OfferRow,
    Feed.ENROLMENTS: EnrolmentRow,
    Feed.ACTIVITIES: ActivityRow,
}
_OF_RECORDS: Mapping[Feed, type[PostcodeRow | ExpectationRow]] = {
    Feed.POSTCODES: PostcodeRow,
    Feed.EXPECTATIONS: ExpectationRow,
}


def row_of(draft: Draft, feed: Feed, tables: Tables) -> Row:
    """Of a draft without a fault to mend."""
    problems = tuple(draft.problems)
    if feed == Feed.COHORT:
        return _cohort(draft, problems=problems)
    if feed == Feed.ESTABLISHMENTS:
        return _establishment(draft, tables, problems=problems)
    if feed in _OF_RECORDS:
        return _OF_RECORDS[feed](draft.number, **draft.cells, problems=problems)
    return _OF_PEOPLE[feed](draft.number, identity_of(draft.cells), **_rest(draft.cells), problems=problems)


def identity_of(cells: Mapping[str, Any]) -> Identity:
    upn, upn_sound = cells["upn"] or (None, False)
    uln, uln_sound = cells["uln"] or (None, False)
    surname, forename, dob = cells["surname"], cells["forename"], cells["dob"]
    key = name_key(surname, forename, dob)
    return Identity(upn, upn_sound, uln, uln_sound, surname, forename, dob, key, cells["postcode"])


def _rest(cells: Mapping[str, Any]) -> dict[str, Any]:
    rest = dict(cells)
    for field in PERSONAL:
        del rest[field]
    return rest


def _cohort(draft: Draft, **more: Any) -> CohortRow:
    rest = _rest(draft.cells)
    rest["cohort_status"] = rest["cohort_status"] or "P"
    born_in = academic_year.born_in(draft.cells["dob"])
    return CohortRow(draft.number, identity_of(draft.cells), born_in=born_in, **rest, **more)


def _establishment(draft: Draft, tables: Tables, **more: Any) -> EstablishmentRow:
    rest = dict(draft.cells)
    number = rest.pop("establishment_number")
    looks = rest.pop("further_education_type"), rest.pop("establishment_type"), rest.pop("phase")
    laestab = f"{rest['authority']}{number}" if number else None
    return EstablishmentRow(draft.number, laestab=laestab, kind=kind_of(looks, tables.kinds), **rest, **more)
