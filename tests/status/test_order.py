"""Does evidence in any order, any number of times and in parcels of any size give the same of everyone?"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.status.domain.case import EMPTY, fold, moments
from services.status.domain.decide import decide
from services.status.domain.facets import Facets, facets
from services.status.domain.history import History
from services.status.handlers import Deciding
from services.status.store import Held
from shared.domain.decisions import PersonDecided
from tests.status.builders import AUTHORITY, PERSON, RULES, Story
from tests.status.stories import stories

MANY = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(story=stories(), data=st.data())
def test_any_order_and_any_number_of_times_give_the_same_case(story: Story, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(story.events))
    again = data.draw(st.lists(st.sampled_from(story.events), max_size=4)) if story.events else []
    case = fold(fold(EMPTY, shuffled), again)
    assert case.pieces == story.case().pieces
    for moment in moments(case):
        control = story.control(moment)
        assert facets(decide(case, control, moment)) == facets(decide(story.case(), control, moment))


@MANY
@given(story=stories(), size=st.integers(1, 5))
def test_parcels_of_any_size_say_the_same_for_every_moment(story: Story, size: int) -> None:
    whole, in_parts = _said(story, 500), _said(story, size)
    assert in_parts == whole
    case = story.case()
    for moment, known in _known(whole):
        assert known == _plain(decide(case, story.control(moment), moment))


def _history(story: Story) -> History:
    return History(RULES, frozenset({AUTHORITY}), story.expected, story.returned, story.freezes)


def _said(story: Story, size: int) -> list[PersonDecided]:
    """What is said when the events come in parcels of this size; what one moment has to say is never parted."""
    deciding, held = Deciding(_history(story)), Held()
    together = [list(events) for _, events in groupby(story.events, key=lambda event: event.recorded_at)]
    for at in range(0, len(together), size):
        deciding.hear(PERSON, held, [event for events in together[at : at + size] for event in events])
        held = deciding.held[PERSON]
    return [PersonDecided.model_validate_json(one.text) for one in deciding.in_order()]


def _known(said: Iterable[PersonDecided]) -> Iterable[tuple[datetime, dict[str, Any]]]:
    """What a reader has after each decision: the facets as last said, without those that are empty."""
    known: dict[str, Any] = {}
    for decided in said:
        for name, spans in _facets(decided):
            known[name] = spans
        yield decided.known_from, {name: spans for name, spans in known.items() if spans}


def _facets(decided: PersonDecided) -> Iterable[tuple[str, Any]]:
    for campaign in decided.campaigns:
        for name in ("membership", "outcome", "participation", "need"):
            if (spans := getattr(campaign, name)) is not None:
                yield f"{campaign.campaign} {name}", [_span(span.model_dump(mode="json"), decided) for span in spans]
    if decided.dimensions is not None:
        yield "dimensions", [span.model_dump(mode="json") for span in decided.dimensions]


def _span(span: dict[str, Any], decided: PersonDecided) -> dict[str, Any]:
    if "reason" not in span:
        return span
    return {**span, "reason": list(decided.reasons[span["reason"]].model_dump().values())}


def _plain(decision: Any) -> Facets:
    return {name: spans for name, spans in facets(decision).items() if spans}
