"""Does every span hold on each of its days? Deciding on the day itself says the same, day after day."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings

from services.status.domain.bars import Bars
from services.status.domain.case import stated
from services.status.domain.cohort import Membership, Place
from services.status.domain.control import Control
from services.status.domain.decide import CampaignDecision, Decision, decide
from services.status.domain.dimensions import dimensions_on
from services.status.domain.membership import entries
from services.status.domain.monthly import member_on
from services.status.domain.need import Contact
from services.status.domain.offers import offers, standings
from services.status.domain.outcome import enrolled_from, outcomes
from services.status.domain.participation import Activity, does_on
from services.status.domain.people import continuing
from services.status.domain.timeline import always
from shared.domain.events import CohortRowStated, Evidence
from tests.status.builders import Story
from tests.status.stories import stories

DAYS = [date(2026, 4, 15) + timedelta(days=more) for more in range(400)]
MANY = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(story=stories())
def test_deciding_on_a_day_says_what_the_span_that_covers_it_says(story: Story) -> None:
    control = story.control()
    decision = decide(story.case(), control)
    for campaign, decided in decision.campaigns.items():
        _same_in_campaign(story, control, campaign, decided)
    _same_in_any(story, control, decision)


def _same_in_campaign(story: Story, control: Control, campaign: int, decided: CampaignDecision) -> None:
    evidence = [piece for piece in stated(story.case()) if isinstance(piece, Evidence)]
    guidance, rules = control.guidance(campaign), control.rules
    spells = Activity.of(evidence, rules).spells(guidance.start_tolerance)
    membership, made = (
        Membership.of(story.case(), campaign, control, None),
        offers(evidence, campaign, rules.guarantee_codes),
    )
    place, enrolled = membership.place(), enrolled_from(spells, campaign, guidance)
    contact = Contact(
        campaign, guidance, control, place, made.timeline(), decided.outcome, decided.participation, spells,
        Bars.of(evidence),
    )  # fmt: skip
    for day in DAYS:
        stand, member = standings(made, day), membership.member_on(day)
        on_the_day = Place(always(member), place.rolls, always(continuing(membership.mine, day)))
        assert decided.membership.on(day) == member, day
        assert decided.outcome.on(day) == outcomes(always(stand), enrolled, on_the_day, rules, guidance).on(day), day
        assert decided.participation.on(day) == does_on(spells, rules.participation, day), day
        assert made.timeline().on(day) == stand, day
        assert place.rolls.on(day).last == (roll.row.establishment if (roll := membership.roll_on(day)) else None), day
        assert decided.need.on(day) == contact.on(day, *(one.on(day) for one in contact.inputs())), day


def _same_in_any(story: Story, control: Control, decision: Decision) -> None:
    rows = [piece for piece in stated(story.case()) if isinstance(piece, CohortRowStated)]
    seen = entries(rows, control.frozen())
    for day in DAYS:
        assert decision.monthly.on(day) == member_on(seen, control, day), day
        assert decision.dimensions.on(day) == dimensions_on(seen, control, day), day
