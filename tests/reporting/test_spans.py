"""Do the spans of a person say on every day, at every moment, what the facets say?"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings

from services.reporting.domain.facets import CampaignHeld, Facets, Spans, with_said
from services.reporting.domain.heard import heard as as_heard
from services.reporting.domain.people import NO_CAMPAIGN, Known, Person, since, told
from services.reporting.domain.spans import Flat, flat
from services.reporting.domain.timelines import Timeline
from shared.domain.decisions import CampaignDecided, DimensionsSpan, NeedSpan, PersonDecided
from tests.reporting.decisions import DAYS, NOON, decided, decisions, enrolled, member, reason

STILL = datetime.max
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = {reason("SG10"): 1, reason("SG90"): 2, reason("SG11"): 3, reason("PA10", "participation"): 4}
EDGES = sorted(
    {day + timedelta(days=shift) for day in DAYS for shift in (-1, 0)} | {date(1999, 1, 1), date(2099, 1, 1)}
)


class Before(NamedTuple):
    """What was known in a campaign until a moment."""

    campaign: int
    known: Known
    known_to: datetime


Row = tuple[Flat, datetime, datetime]


def heard(*batches: list[PersonDecided]) -> list[Row]:
    """Everything that the store would hold of one person, each span with the time over which it was known."""
    numbers: dict[Timeline, int] = {}
    held: dict[int, Known] = {}
    before: list[Before] = []
    for batch in batches:
        person = Person(held)
        for event in batch:
            said = told(as_heard(event).given, [NUMBERS[reason] for reason in event.reasons])
            for timeline in said.timelines:
                numbers.setdefault(timeline, len(numbers) + 1)
            person.hears(said.numbered(numbers), since(as_heard(event)))
        before += (
            Before(campaign, one, later.known_from)
            for campaign, became in person.became.items()
            for one, later in pairwise([held[campaign], *became] if campaign in held else became)
            if one.known_from < later.known_from
        )
        held = person.now
    lying = {number: spans for (_, spans), number in numbers.items()}
    ever = [*before, *(Before(campaign, one, STILL) for campaign, one in held.items() if campaign != NO_CAMPAIGN)]
    return [(span, one.known_from, until) for campaign, one, until in ever for span in _flat(campaign, one, lying)]


def _flat(campaign: int, one: Known, lying: dict[int, Spans]) -> list[Flat]:
    *facets, dimensions = (lying.get(number, ()) for number in one.numbers)
    return flat(CampaignHeld(campaign, *facets), dimensions)


def known(rows: list[Row], day: date, moment: datetime) -> set[tuple[object, ...]]:
    return {
        (span.campaign, *span[3:])
        for span, known_from, until in rows
        if span.from_on <= day < span.to_on and known_from <= moment and (until == STILL or moment < until)
    }


@QUICK
@given(decisions(people=("1",)))
def test_one_batch_and_many_give_the_same_for_every_day_and_moment(said: list[PersonDecided]) -> None:
    together, apart = heard(said), heard(*([event] for event in said))
    for moment in {event.known_from for event in said}:
        for day in EDGES:
            assert known(together, day, moment) == known(apart, day, moment)


@QUICK
@given(decisions(people=("1",)))
def test_on_no_day_and_at_no_moment_do_two_spans_of_a_campaign_hold(said: list[PersonDecided]) -> None:
    rows = heard(*([event] for event in said))
    assert all(until == STILL or since < until for _, since, until in rows)
    for moment in {event.known_from for event in said}:
        for day in EDGES:
            campaigns = [row[0] for row in known(rows, day, moment)]
            assert len(campaigns) == len(set(campaigns))


@QUICK
@given(decisions(people=("1",)))
def test_the_span_of_a_day_is_what_every_facet_says_of_it(said: list[PersonDecided]) -> None:
    facets = Facets()
    for event in said:
        facets = with_said(facets, event, [NUMBERS[reason] for reason in event.reasons])
    for held in facets.campaigns:
        spans = flat(held, facets.dimensions)
        for day in EDGES:
            found = [span for span in spans if span.from_on <= day < span.to_on]
            assert [_said_of(span) for span in found] == _expected(held, facets, day)


def _said_of(span: Flat) -> tuple[object, ...]:
    return span.live, span.frozen, span.sex, span.outcome, span.participation, span.need_row


def _expected(held: CampaignHeld, facets: Facets, day: date) -> list[tuple[object, ...]]:
    def on(spans: Sequence[Any]) -> Any:
        return next((values for a, b, values in spans if a <= day.toordinal() < b), None)

    member_, where, outcome, does, need = map(
        on, (held.membership, facets.dimensions, held.outcome, held.participation, held.need)
    )
    said = (value and value[0] for value in (outcome, does, need))
    return [(member_[4], member_[2], where[1] if where else "U", *said)] if member_ else []


def test_who_left_stays_listed_as_once_live() -> None:
    left = decided("1", CampaignDecided(campaign=2026, membership=(
        member(to_on=date(2026, 7, 1)), member(from_on=date(2026, 7, 1), live=False))))  # fmt: skip
    assert [(row[0].live, row[0].ever_live) for row in heard([left])] == [(True, True), (False, True)]


def test_what_only_priority_sees_makes_no_span() -> None:
    dimensions = (DimensionsSpan(to_on=date(2026, 7, 1), roni_band="1"), DimensionsSpan(from_on=date(2026, 7, 1)))
    assert len(heard([enrolled(dimensions=dimensions)])) == 1


def test_a_facet_that_is_not_given_stands_and_an_empty_one_is_gone() -> None:
    later = NOON + timedelta(hours=1)
    need = CampaignDecided(campaign=2026, need=(NeedSpan(row="OR21", reason=0),))
    gone = CampaignDecided(campaign=2026, membership=())
    rows = heard([enrolled()], [decided("1", need, known_from=later, reasons=[reason("SG10")])])
    assert {(row[0].outcome, row[0].need_row) for row in rows} == {("OFFER_MADE", None), ("OFFER_MADE", "OR21")}
    rows = heard([enrolled()], [decided("1", gone, known_from=later)])
    assert [row[2] for row in rows] == [later]


def test_the_same_said_again_changes_nothing() -> None:
    again = enrolled(known_from=NOON + timedelta(hours=1))
    assert heard([enrolled()], [again]) == heard([enrolled()])
