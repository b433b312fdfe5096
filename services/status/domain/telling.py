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
    CampaignDecided,
    DimensionsSpan,
    MembershipSpan,
    NeedSpan,
    OutcomeSpan,
    ParticipationSpan,
    PersonDecided,
    Reason,
    Span,
)
from shared.domain.events import Event

REASON: Final = ("table", "version", "row", "facts", "because")
REASONED: Final = (OutcomeSpan, ParticipationSpan, NeedSpan)
SPANS: Final[Mapping[str, TypeAdapter[tuple[Span, ...]]]] = {
    "membership": TypeAdapter(tuple[MembershipSpan, ...]),
    "outcome": TypeAdapter(tuple[OutcomeSpan, ...]),
    "participation": TypeAdapter(tuple[ParticipationSpan, ...]),
    "need": TypeAdapter(tuple[NeedSpan, ...]),
    DIMENSIONS: TypeAdapter(tuple[DimensionsSpan, ...]),
}


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A facet ready to be told; two with one mark say the same, and one without a mark says nothing of any day."""

    mark: str
    spans: tuple[Any, ...] = ()
    """Of the kind's own model."""
    reasons: tuple[Reason, ...] = ()
    """Those that the spans name, by their place here."""
    renumbered: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def naming_from(self, first: int) -> tuple[Any, ...]:
        """The spans where this facet's reasons stand in the event from a place on."""
        if not self.reasons or not first:
            return self.spans
        if first not in self.renumbered:
            self.renumbered[first] = tuple(_moved(span, first) for span in self.spans)
        return self.renumbered[first]


def _moved(span: Span, by: int) -> Span:
    return span.model_copy(update={"reason": span.reason + by}) if isinstance(span, REASONED) else span


NOTHING: Final = Told("")
"""A facet that is gone."""


def told(kind: str, facet: Facet) -> Told:
    """`kind` is membership, outcome, participation, need or dimensions."""
    if not facet:
        return NOTHING
    reasons: dict[tuple[str, ...], int] = {}
    plain = [_numbered(span, reasons) for span in facet]
    mark = hashlib.blake2b(to_json(facet), digest_size=9).hexdigest()
    named = tuple(Reason(**dict(zip(REASON, reason, strict=True))) for reason in reasons)
    return Told(mark, SPANS[kind].validate_python(plain), named)


def _numbered(span: Mapping[str, Any], reasons: dict[tuple[str, ...], int]) -> dict[str, Any]:
    if "reason" not in span:
        return dict(span)
    return {**span, "reason": reasons.setdefault(tuple(span["reason"]), len(reasons))}


def all_told(facets: Facets) -> dict[str, Told]:
    """Every facet of a decision, by its name."""
    return {name: told(name.rpartition(" ")[2], facet) for name, facet in facets.items()}


def changed(before: Mapping[str, str], now: Mapping[str, Told]) -> dict[str, Told]:
    """The facets that are not as they were, by the marks of what was told before; one that is gone is told as empty."""
    gone = {name: NOTHING for name in before if name not in now}
    return gone | {name: facet for name, facet in now.items() if before.get(name, "") != facet.mark}


def person_decided(young_person_id: str, new: Mapping[str, Told], cause: Event) -> PersonDecided:
    """The event that tells these facets, known from the moment of what caused it."""
    if cause.recorded_at is None:
        raise ValueError("an event that was never recorded decides nothing")
    reasons: list[Reason] = []
    by_campaign: dict[int, dict[str, Any]] = {}
    for name, facet in new.items():
        if name != DIMENSIONS:
            campaign, kind = name.split()
            by_campaign.setdefault(int(campaign), {})[kind] = facet.naming_from(len(reasons))
            reasons += facet.reasons
    # What it is made of was validated when it was told, once for all who share it.
    return PersonDecided.model_construct(
        event_id=uuid5(cause.event_id, f"decided {young_person_id}"),
        happened_on=cause.happened_on,
        source="status",
        young_person_id=young_person_id,
        known_from=cause.recorded_at,
        caused_by=cause.event_id,
        cause=type(cause).__name__,
        reasons=tuple(reasons),
        campaigns=tuple(CampaignDecided.model_construct(campaign=c, **said) for c, said in by_campaign.items()),
        dimensions=new[DIMENSIONS].spans if DIMENSIONS in new else None,
    )
