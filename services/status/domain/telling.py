"""How is what is decided of a person told? Each facet with its mark, which shows whether it has changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid5

from pydantic import TypeAdapter
from pydantic_core import to_json

from services.status.domain.facets import DIMENSIONS, Facet, Facets
from shared.domain.decisions import (
    DimensionsSpan,
    MembershipSpan,
    NeedSpan,
    OutcomeSpan,
    ParticipationSpan,
    PersonDecided,
    Reason,
)
from shared.domain.events import Event
from shared.domain.written import Written

REASON: Final = ("table", "version", "row", "facts", "because")
REASONS: Final = TypeAdapter(tuple[Reason, ...])
SPANS: Final[Mapping[str, TypeAdapter[Any]]] = {
    "membership": TypeAdapter(tuple[MembershipSpan, ...]),
    "outcome": TypeAdapter(tuple[OutcomeSpan, ...]),
    "participation": TypeAdapter(tuple[ParticipationSpan, ...]),
    "need": TypeAdapter(tuple[NeedSpan, ...]),
    DIMENSIONS: TypeAdapter(tuple[DimensionsSpan, ...]),
}
"""What readers will read: a facet that is no such thing is refused when it is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A facet ready to be told; two with one mark say the same, and one without a mark says nothing of any day."""

    mark: str
    kind: str = ""
    spans: tuple[Mapping[str, Any], ...] = ()
    reasons: tuple[tuple[str, ...], ...] = ()
    """Those that the spans name, by their place here."""
    texts: dict[int, str] = field(default_factory=dict)

    def naming_from(self, first: int) -> str:
        """The spans as JSON, where this facet's reasons stand in the event from a place on."""
        if not self.spans:
            return "[]"
        if first not in self.texts:
            spans = [{**span, "reason": span["reason"] + first} if "reason" in span else span for span in self.spans]
            model = SPANS[self.kind]
            self.texts[first] = model.dump_json(model.validate_python(spans), exclude_none=True).decode()
        return self.texts[first]

    def because(self) -> str:
        """The reasons as JSON, without the brackets of a list."""
        if -1 not in self.texts:
            named = [dict(zip(REASON, reason, strict=True)) for reason in self.reasons]
            self.texts[-1] = REASONS.dump_json(REASONS.validate_python(named)).decode()[1:-1]
        return self.texts[-1]


NOTHING: Final = Told("")
"""A facet that is gone."""


def told(kind: str, facet: Facet) -> Told:
    """`kind` is membership, outcome, participation, need or dimensions."""
    if not facet:
        return NOTHING
    reasons: dict[tuple[str, ...], int] = {}
    spans = tuple(_numbered(span, reasons) for span in facet)
    return Told(hashlib.blake2b(to_json(facet), digest_size=9).hexdigest(), kind, spans, tuple(reasons))


def _numbered(span: Mapping[str, Any], reasons: dict[tuple[str, ...], int]) -> Mapping[str, Any]:
    if "reason" not in span:
        return span
    return {**span, "reason": reasons.setdefault(tuple(span["reason"]), len(reasons))}


def all_told(facets: Facets) -> dict[str, Told]:
    """Every facet of a decision, by its name."""
    return {name: told(name.rpartition(" ")[2], facet) for name, facet in facets.items()}


def changed(before: Mapping[str, str], now: Mapping[str, Told]) -> dict[str, Told]:
    """The facets that are not as they were, by the marks of what was told before; one that is gone is told as empty."""
    gone = {name: NOTHING for name in before if name not in now}
    return gone | {name: facet for name, facet in now.items() if before.get(name, "") != facet.mark}


def person_decided(young_person_id: str, new: Mapping[str, Told], cause: Event) -> Written:
    """The PersonDecided that tells these facets, known from the moment of what caused it; blank fields are left out."""
    if cause.recorded_at is None:
        raise ValueError("an event that was never recorded decides nothing")
    event_id = uuid5(cause.event_id, f"decided {young_person_id}")
    happened_on = f'"happened_on":"{cause.happened_on.isoformat()}",' if cause.happened_on else ""
    words = (
        f'{{"event_id":"{event_id}","type":"PersonDecided","version":1,"source":"status",'
        f'"young_person_id":"{young_person_id}",{happened_on}'
        f'"known_from":"{cause.recorded_at.isoformat()}","caused_by":"{cause.event_id}",'
        f'"cause":"{type(cause).__name__}",{_facets(new)}}}'
    )
    return Written(PersonDecided, event_id, young_person_id, cause.event_id, words)


def _facets(new: Mapping[str, Told]) -> str:
    because: list[str] = []
    many = 0
    by_campaign: dict[str, list[str]] = {}
    for name, facet in new.items():
        if name != DIMENSIONS:
            campaign, kind = name.split()
            by_campaign.setdefault(campaign, []).append(f'"{kind}":{facet.naming_from(many)}')
            if facet.reasons:
                because.append(facet.because())
                many += len(facet.reasons)
    campaigns = ",".join(f'{{"campaign":{campaign},{",".join(said)}}}' for campaign, said in by_campaign.items())
    dimensions = f',"dimensions":{new[DIMENSIONS].naming_from(0)}' if DIMENSIONS in new else ""
    return f'"reasons":[{",".join(because)}],"campaigns":[{campaigns}]{dimensions}'
