"""What is there to say of a decision? Its facets, each with the days on which it holds, as plain data."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from services.status.domain.cohort import Member
from services.status.domain.decide import Decision
from services.status.domain.dimensions import Dimensions
from services.status.domain.need import Needed
from services.status.domain.outcome import Outcome
from services.status.domain.participation import Does
from services.status.domain.timeline import Timeline
from shared.domain.vocabulary import MONTHLY

T = TypeVar("T")
Facet = list[dict[str, Any]]
Facets = dict[str, Facet]
"""By `<campaign> <facet>`, or `dimensions`: the spans as JSON has them, each reason whole."""
Ask = tuple[int, str, str, date | None, date | None]
"""(campaign, feed, provider, from, to)"""

DIMENSIONS = "dimensions"
NO_CONTACT = "none"


def facets(decision: Decision) -> Facets:
    """Every facet of a decision; nothing is said of days on which there is nothing to say."""
    found: Facets = {DIMENSIONS: dimensions(decision.dimensions)}
    for campaign, decided in decision.campaigns.items():
        found[f"{campaign} membership"] = membership(decided.membership)
        found[f"{campaign} outcome"] = outcome(decided.outcome)
        found[f"{campaign} participation"] = participation(decided.participation)
        found[f"{campaign} need"] = need(decided.need)
    found[f"{MONTHLY} membership"] = membership(decision.monthly)
    found[f"{MONTHLY} participation"] = participation(decision.monthly_participation)
    return found


def membership(timeline: Timeline[Member | None]) -> Facet:
    return _spans(timeline, _member)


def outcome(timeline: Timeline[Outcome]) -> Facet:
    return _spans(timeline, _outcome)


def participation(timeline: Timeline[Does]) -> Facet:
    return _spans(timeline, _does)


def need(timeline: Timeline[Needed | None]) -> Facet:
    return _spans(timeline, _need)


def dimensions(timeline: Timeline[Dimensions]) -> Facet:
    return _spans(timeline, _dimensions)


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


def asks(decision: Decision) -> list[Ask]:
    """The days on which somebody's need hangs on a provider's return."""
    return [ask for campaign, decided in decision.campaigns.items() for ask in asks_of_campaign(campaign, decided.need)]


def asks_of_campaign(campaign: int, need: Timeline[Needed | None]) -> Iterable[Ask]:
    for from_on, to_on, needed in need.spans():
        if needed is not None and needed.asks is not None:
            yield campaign, *needed.asks, from_on, to_on
