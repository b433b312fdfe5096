"""What do we hold of one person? What bears on contact, as it was last said, and as it is after another decision.

All of it is plain data as JSON has it, days as text in the form 2026-09-01: it is read and written for everyone of whom
anything is decided, and to make objects of it would cost more than all that is done with it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NotRequired, TypeVar

from typing_extensions import TypedDict

from shared.domain.events import Event
from shared.domain.vocabulary import MONTHLY


class Span(TypedDict):
    """From `from_on` to the day before `to_on`; where one is not there, or null, that side is open."""

    from_on: NotRequired[str | None]
    to_on: NotRequired[str | None]


class Where(Span):
    year_group: int
    establishment: str


class Traits(Span):
    """What bears on how soon they are contacted; of the other dimensions none may, nor be held for it."""

    send: NotRequired[str]
    characteristics: NotRequired[list[str]]
    roni_band: NotRequired[str | None]


class NeedHeld(Span):
    row: str
    because: str


class CampaignHeld(TypedDict):
    campaign: int
    membership: NotRequired[list[Where]]
    need: NotRequired[list[NeedHeld]]


class Facets(TypedDict):
    campaigns: NotRequired[list[CampaignHeld]]
    dimensions: NotRequired[list[Traits]]


class NeedSaid(Span):
    row: str
    reason: int


class CampaignSaid(TypedDict):
    campaign: int
    membership: NotRequired[list[Where] | None]
    need: NotRequired[list[NeedSaid] | None]


class Reason(TypedDict):
    because: str


class ContactDecided(Event):
    """Of a PersonDecided what bears on contact, as plain data; the rest of it is not made out at all."""

    type: Literal["PersonDecided"] = "PersonDecided"
    version: Literal[1] = 1
    known_from: datetime
    reasons: tuple[Reason, ...] = ()
    campaigns: tuple[CampaignSaid, ...] = ()
    dimensions: tuple[Traits, ...] | None = None


S = TypeVar("S", Where, Traits)


def with_said(held: Facets, event: ContactDecided) -> Facets:
    """The facets after a decision; a facet that it does not give stands."""
    campaigns = {one["campaign"]: one for one in held.get("campaigns", ()) if one["campaign"] != MONTHLY}
    for said in event.campaigns:
        if said["campaign"] != MONTHLY:
            campaigns[said["campaign"]] = _replacing(campaigns.get(said["campaign"]), said, event.reasons)
    dimensions = held.get("dimensions", []) if event.dimensions is None else _joined(event.dimensions)
    return {
        "campaigns": [one for _, one in sorted(campaigns.items()) if one.get("membership") or one.get("need")],
        "dimensions": dimensions,
    }


def _replacing(before: CampaignHeld | None, said: CampaignSaid, reasons: Sequence[Reason]) -> CampaignHeld:
    held: CampaignHeld = before or {"campaign": said["campaign"]}
    if (membership := said.get("membership")) is not None:
        held = {**held, "membership": _joined(membership)}
    if (need := said.get("need")) is not None:
        held = {**held, "need": [_need(span, reasons) for span in need]}
    return held


def _need(span: NeedSaid, reasons: Sequence[Reason]) -> NeedHeld:
    held: NeedHeld = {"row": span["row"], "because": reasons[span["reason"]]["because"]}
    if (from_on := span.get("from_on")) is not None:
        held["from_on"] = from_on
    if (to_on := span.get("to_on")) is not None:
        held["to_on"] = to_on
    return held


def _joined(spans: Iterable[S]) -> list[S]:
    """Those that follow each other without a difference that bears on contact, as one."""
    joined: list[S] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and span.get("from_on") and span.get("from_on") == before.get("to_on") and _alike(span, before):
            joined[-1] = _until(before, span.get("to_on"))
        else:
            joined.append(span)
    return joined


def _alike(one: S, other: S) -> bool:
    return _without_days(one) == _without_days(other)


def _without_days(span: S) -> dict[str, object]:
    return {name: value for name, value in span.items() if name not in Span.__annotations__}


def _until(span: S, to_on: str | None) -> S:
    longer: S = {**span, "to_on": to_on}
    return longer
