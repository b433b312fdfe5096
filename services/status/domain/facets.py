"""What is there to say of a decision? Its facets as plain data, what changed of them, and the event that says so."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import uuid5

from services.status.domain.cohort import Member
from services.status.domain.decide import CampaignDecision, Decision
from services.status.domain.dimensions import Dimensions
from services.status.domain.need import Needed
from services.status.domain.outcome import Outcome
from services.status.domain.participation import Does
from services.status.domain.timeline import Timeline
from shared.domain.decisions import PersonDecided
from shared.domain.events import Event
from shared.domain.vocabulary import MONTHLY

T = TypeVar("T")
Facet = list[dict[str, Any]]
Facets = dict[str, Facet]
"""By `<campaign> <facet>`, or `dimensions`: the spans as JSON has them, each reason whole."""

DIMENSIONS = "dimensions"
NO_CONTACT = "none"


def facets(decision: Decision) -> Facets:
    """Every facet of a decision; nothing is said of days on which there is nothing to say."""
    found: Facets = {DIMENSIONS: _spans(decision.dimensions, _dimensions)}
    for campaign, decided in decision.campaigns.items():
        found |= _campaign(campaign, decided)
    found[f"{MONTHLY} membership"] = _spans(decision.monthly, _member)
    found[f"{MONTHLY} participation"] = _spans(decision.monthly_participation, _does)
    return found


def _campaign(campaign: int, decided: CampaignDecision) -> Facets:
    return {
        f"{campaign} membership": _spans(decided.membership, _member),
        f"{campaign} outcome": _spans(decided.outcome, _outcome),
        f"{campaign} participation": _spans(decided.participation, _does),
        f"{campaign} need": _spans(decided.need, _need),
    }


def changed(before: Mapping[str, Facet], now: Mapping[str, Facet]) -> Facets:
    """The facets that are not as they were; one that is gone is said as empty."""
    gone: Facets = {name: [] for name, spans in before.items() if spans and name not in now}
    return gone | {name: spans for name, spans in now.items() if before.get(name, []) != spans}


def person_decided(young_person_id: str, new: Mapping[str, Facet], cause: Event) -> PersonDecided:
    """The event that says these facets, known from the moment of what caused it."""
    reasons: dict[tuple[str, ...], int] = {}
    campaigns: dict[int, dict[str, Any]] = {}
    for name, spans in new.items():
        if name != DIMENSIONS:
            campaign, facet = name.split()
            said = campaigns.setdefault(int(campaign), {"campaign": int(campaign)})
            said[facet] = [_indexed(span, reasons) for span in spans]
    return PersonDecided.model_validate(
        {
            "event_id": uuid5(cause.event_id, f"decided {young_person_id}"),
            "happened_on": cause.happened_on,
            "source": "status",
            "young_person_id": young_person_id,
            "known_from": cause.recorded_at,
            "caused_by": cause.event_id,
            "cause": type(cause).__name__,
            "reasons": [dict(zip(REASON, reason, strict=True)) for reason in reasons],
            "campaigns": list(campaigns.values()),
            "dimensions": new.get(DIMENSIONS),
        }
    )


REASON = ("table", "version", "row", "facts", "because")


def _indexed(span: Mapping[str, Any], reasons: dict[tuple[str, ...], int]) -> dict[str, Any]:
    if "reason" not in span:
        return dict(span)
    return {**span, "reason": reasons.setdefault(tuple(span["reason"]), len(reasons))}


def _spans(timeline: Timeline[T], say: Callable[[T], dict[str, Any] | None]) -> Facet:
    """Neighbours that say the same are one."""
    spans: Facet = []
    before: dict[str, Any] | None = None
    for from_on, to_on, value in timeline.spans():
        said = say(value)
        if said is not None and said == before:
            spans[-1]["to_on"] = _day(to_on)
        elif said is not None:
            spans.append({"from_on": _day(from_on), "to_on": _day(to_on), **said})
        before = said
    return spans


def _member(member: Member | None) -> dict[str, Any] | None:
    if member is None:
        return None
    return {
        "year_group": member.year_group,
        "establishment": member.establishment,
        "frozen": member.frozen,
        "frozen_establishment": member.frozen_establishment,
        "live": member.live,
        "gone": member.gone,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {"outcome": outcome.outcome.value, "reason": outcome.why.said()}


def _does(does: Does) -> dict[str, Any]:
    return {
        "group": does.group.value,
        "activity_code": does.activity_code,
        "confirmed": does.confirmed,
        "lapses_on": _day(does.lapses_on),
        "reason": does.why.said(),
    }


def _need(needed: Needed | None) -> dict[str, Any] | None:
    if needed is None or needed.contact == NO_CONTACT:
        return None
    return {"row": needed.row, "reason": needed.why.said()}


def _dimensions(dimensions: Dimensions) -> dict[str, Any]:
    return {
        "district": dimensions.district,
        "sex": dimensions.sex,
        "ethnicity": dimensions.ethnicity,
        "send": dimensions.send,
        "vulnerable": dimensions.vulnerable,
        "characteristics": list(dimensions.characteristics),
        "roni_band": dimensions.roni_band,
        "level_of_need": dimensions.level_of_need,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def asks(decision: Decision) -> Iterable[tuple[int, str, str, date | None, date | None]]:
    """(campaign, feed, provider, from, to): the days on which somebody's need hangs on a provider's return."""
    for campaign, decided in decision.campaigns.items():
        for from_on, to_on, needed in decided.need.spans():
            if needed is not None and needed.asks is not None:
                yield campaign, *needed.asks, from_on, to_on
