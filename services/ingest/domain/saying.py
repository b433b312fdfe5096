"""What is said of a matched row: its evidence, the details that go with it, and has any of it changed?"""

from dataclasses import dataclass
from hashlib import blake2b
from uuid import uuid5

from services.ingest.domain.evidence import Directories, Sending, evidence
from services.ingest.domain.rows import ActivityRow, CohortRow, OfferRow, PersonRow
from shared.domain.events import PersonDetailsStated
from shared.domain.written import Written, written


@dataclass(frozen=True, slots=True)
class Saying:
    """In its words; `digest` is the same for the same evidence about the same person."""

    pieces: tuple[Written, ...]
    details: Written
    digest: bytes

    @property
    def kinds(self) -> list[str]:
        return [piece.model.__name__ for piece in self.pieces]


def saying(row: PersonRow, young_person_id: str, sending: Sending, directories: Directories) -> Saying:
    pieces = tuple(map(written, evidence(row, young_person_id, sending, directories)))
    words = "\n".join(piece.text for piece in pieces)
    digest = blake2b(words.encode(), digest_size=16).digest()
    return Saying(pieces, written(details(row, young_person_id, sending)), digest)


def details(row: PersonRow, young_person_id: str, sending: Sending) -> PersonDetailsStated:
    """Who somebody is and how to reach them, as one row has it."""
    who = row.identity
    return PersonDetailsStated(
        event_id=uuid5(sending.submission_id, f"{row.number}/details/{young_person_id}"),
        happened_on=sending.sent_on,
        source=sending.sender,
        young_person_id=young_person_id,
        said=(sending.number, row.number),
        upn=who.upn,
        uln=who.uln,
        surname=who.surname,
        forename=who.forename,
        born_on=who.dob,
        postcode=who.postcode,
        **_reached_at(row),
    )


def _reached_at(row: PersonRow) -> dict[str, object]:
    if not isinstance(row, CohortRow):
        return {}
    lines = row.address_line_1, row.address_line_2, row.address_line_3, row.address_line_4, row.town
    return {
        "address": tuple(line for line in lines if line),
        "phone": row.phone,
        "email": row.email,
        "parent_phone": row.parent_phone,
        "contact_note": row.contact_note,
    }


def named_provider(row: PersonRow) -> tuple[str | None, str | None]:
    """The number and the name of a provider or employer in the row."""
    if isinstance(row, OfferRow):
        return row.provider_id, row.provider_name
    return None, row.provider_name if isinstance(row, ActivityRow) else None
