"""Which evidence does a matched row give? Codes, ids and dates alone; personal details go their own way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from uuid import UUID, uuid5

from services.ingest.domain.identifiers import compared
from services.ingest.domain.postcodes import Postcodes
from services.ingest.domain.providers import Providers, council_establishment
from services.ingest.domain.rows import ActivityRow, CohortRow, EnrolmentRow, OfferRow, PersonRow
from shared.domain.events import (
    ActivityStated,
    CohortRowStated,
    EnrolmentStated,
    Evidence,
    GuaranteeCodeStated,
    OfferStated,
    Said,
)
from shared.domain.vocabulary import COUNCIL, UNRESOLVED, OfferStatus, Origin, ProviderKind


@dataclass(frozen=True, slots=True)
class Sending:
    """A submission as its evidence needs it; `sender` is a LAESTAB or `council`."""

    submission_id: UUID
    number: int
    sent_on: date
    campaign: int
    sender: str
    kind: ProviderKind | None


@dataclass(frozen=True, slots=True)
class Directories:
    """What the council has told of establishments and postcodes, and for which authorities this is."""

    providers: Providers
    postcodes: Postcodes
    authorities: tuple[str, ...]
    activity_code: Callable[[EnrolmentRow, ProviderKind | None], int]


def evidence(row: PersonRow, young_person_id: str, sending: Sending, directories: Directories) -> list[Evidence]:
    """The pieces of evidence of one matched row, without `recorded_at`."""
    said = Saying(row.number, young_person_id, sending)
    if isinstance(row, CohortRow):
        return [_cohort(row, said, directories)]
    if isinstance(row, OfferRow):
        return [piece for piece in (_offer(row, said, directories), _code(row, said)) if piece is not None]
    if isinstance(row, EnrolmentRow):
        return [_enrolment(row, said, directories)]
    return [_activity(row, said, directories)]


@dataclass(frozen=True, slots=True)
class Saying:
    """One row of a submission about one person: what every piece of its evidence carries."""

    row: int
    young_person_id: str
    sending: Sending

    def envelope(self, kind: str, happened_on: date | None) -> Mapping[str, object]:
        said: Said = (self.sending.number, self.row)
        return {
            "event_id": uuid5(self.sending.submission_id, f"{self.row}/{kind}/{self.young_person_id}"),
            "happened_on": happened_on or self.sending.sent_on,
            "source": self.sending.sender,
            "young_person_id": self.young_person_id,
            "said": said,
            "sent_on": self.sending.sent_on,
        }


def _cohort(row: CohortRow, said: Saying, directories: Directories) -> CohortRowStated:
    sending, residence = said.sending, directories.postcodes.residence(row.identity.postcode)
    authority = directories.authorities[0]
    establishment = council_establishment(authority) if sending.sender == COUNCIL else sending.sender
    leaves = row.leaving is not None or row.left_on is not None
    return CohortRowStated.model_validate({
        **said.envelope("cohort", row.left_on if leaves else row.joined_on),
        "campaign": sending.campaign,
        "establishment": establishment,
        "kind": sending.kind,
        "in_area": establishment[:3] in directories.authorities,
        "year_group": row.year_group,
        "leaving": row.leaving,
        "moved_to": row.moved_to,
        "joined_on": row.joined_on,
        "left_on": row.left_on,
        "continuing": row.continuing,
        "born_in": row.born_in,
        "sex": row.sex,
        "ethnicity": row.ethnicity,
        "sen": row.sen,
        "characteristics": row.characteristics,
        "level_of_need": row.level_of_need,
        "roni_band": row.roni_band,
        "residence": residence,
        "believed": not residence,
    })  # fmt: skip


def _offer(row: OfferRow, said: Saying, directories: Directories) -> OfferStated | None:
    if row.status is None:
        return None
    offered = row.status is OfferStatus.MADE
    none = row.status is OfferStatus.NONE
    return OfferStated.model_validate({
        **said.envelope("offer", row.offered_on if offered else row.status_on),
        "campaign": said.sending.campaign,
        "status": row.status,
        "speaks": row.guarantee_code is None,
        "offer_type": row.offer_type,
        "provider": "" if none else _provider(directories.providers.resolve(row.provider_id, row.provider_name)),
        "course": "" if none else fingerprint(compared(row.course or "")),
        "offered_on": row.offered_on,
        "starts_on": row.starts_on,
        "status_on": row.status_on,
    })  # fmt: skip


def _code(row: OfferRow, said: Saying) -> GuaranteeCodeStated | None:
    if row.guarantee_code is None:
        return None
    return GuaranteeCodeStated.model_validate({
        **said.envelope("code", row.status_on),
        "campaign": said.sending.campaign,
        "code": row.guarantee_code,
        "status_on": row.status_on,
    })  # fmt: skip


def _enrolment(row: EnrolmentRow, said: Saying, directories: Directories) -> EnrolmentStated:
    return EnrolmentStated.model_validate({
        **said.envelope("enrolment", min(row.starts_on, said.sending.sent_on)),
        "provider": said.sending.sender,
        "status": row.status,
        "activity_code": directories.activity_code(row, said.sending.kind),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "expected_end_on": row.expected_end_on,
    })  # fmt: skip


def _activity(row: ActivityRow, said: Saying, directories: Directories) -> ActivityStated:
    return ActivityStated.model_validate({
        **said.envelope("activity", min(row.starts_on, said.sending.sent_on)),
        "origin": row.origin or _own_origin(said.sending.sender),
        "provider": _provider(directories.providers.resolve(None, row.provider_name)),
        "activity_code": row.activity_code,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "expected_end_on": row.expected_end_on,
        "verified_on": row.verified_on,
        "review_on": row.review_on,
    })  # fmt: skip


def _provider(resolved: str) -> str:
    """A name that no establishment has may be anything that somebody typed: it stays with ingest."""
    if not resolved.startswith(UNRESOLVED):
        return resolved
    return UNRESOLVED + fingerprint(resolved.removeprefix(UNRESOLVED))


def fingerprint(text: str) -> str:
    """The same for the same text, and not to be read; blank of blank."""
    return blake2b(text.encode(), digest_size=8).hexdigest() if text else ""


def _own_origin(sender: str) -> Origin:
    """A row that does not say whose word it is has that of its sender."""
    return Origin.ADVISER if sender == COUNCIL else Origin.PARTNER
