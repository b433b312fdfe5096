"""What do we hold of one person? What bears on contact, as it was last said, and as it is after another decision.

All of it is plain data as JSON has it, days as text in the form 2026-09-01: it is read and written for everyone of whom
anything is decided, and to make objects of it would cost more than all that is done with it.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NotRequired, TypedDict, TypeVar

from pydantic import Field

from shared.domain.decisions import PersonDecided
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


class ContactDecided(PersonDecided):
    """PersonDecided with its facets as they came: to make them out would cost more than all that we do with them."""

    reasons: Annotated[tuple[Any, ...], Field(description="Each a Reason.")] = ()
    campaigns: Annotated[tuple[Any, ...], Field(description="Each a CampaignSaid.")] = ()
    dimensions: Annotated[tuple[Any, ...] | None, Field(description="Each Traits.")] = None


S = TypeVar("S", Where, Traits)


def with_said(held: Facets, event: ContactDecided) -> Facets:
    """The facets after a decision; a facet that it does not give stands."""
    campaigns = {one["campaign"]: one for one in held.get("campaigns", ()) if one["campaign"] != MONTHLY}
    for said in event.campaigns:
        if said["campaign"] != MONTHLY:
            campaigns[said["campaign"]] = _replacing(campaigns.get(said["campaign"]), said, event.reasons)
    dimensions = held.get("dimensions", []) if event.dimensions is None else _joined(map(_traits, event.dimensions))
    return {
        "campaigns": [one for _, one in sorted(campaigns.items()) if one.get("membership") or one.get("need")],
        "dimensions": dimensions,
    }


def _replacing(before: CampaignHeld | None, said: CampaignSaid, reasons: Sequence[Reason]) -> CampaignHeld:
    held: CampaignHeld = before or {"campaign": said["campaign"]}
    if (membership := said.get("membership")) is not None:
        held = {**held, "membership": _joined(map(_where, membership))}
    if (need := said.get("need")) is not None:
        held = {**held, "need": [_need(span, reasons) for span in need]}
    return held


def _where(span: Where) -> Where:
    return {
        "year_group": span["year_group"],
        "establishment": span["establishment"],
        "from_on": span.get("from_on"),
        "to_on": span.get("to_on"),
    }


def _traits(span: Traits) -> Traits:
    return {
        "send": span.get("send", "unknown"),
        "characteristics": span.get("characteristics", []),
        "roni_band": span.get("roni_band"),
        "from_on": span.get("from_on"),
        "to_on": span.get("to_on"),
    }


def _need(span: NeedSaid, reasons: Sequence[Reason]) -> NeedHeld:
    return {
        "row": span["row"],
        "because": reasons[span["reason"]]["because"],
        "from_on": span.get("from_on"),
        "to_on": span.get("to_on"),
    }


def _joined(spans: Iterable[S]) -> list[S]:
    """Those that follow each other without a difference that bears on contact, as one."""
    joined: list[S] = []
    for span in spans:
        if joined and span["from_on"] and span["from_on"] == joined[-1]["to_on"]:
            longer: S = {**joined[-1], "to_on": span["to_on"]}
            if longer == {**span, "from_on": longer["from_on"]}:
                joined[-1] = longer
                continue
        joined.append(span)
    return joined
