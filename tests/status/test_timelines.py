"""Does every span hold on each of its days? Deciding on the day itself says the same, day after day."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings

from services.status.domain.bars import Bars
from services.status.domain.case import standing
from services.status.domain.cohort import Membership
from services.status.domain.control import Control
from services.status.domain.decide import CampaignDecision, Decision, decide
from services.status.domain.dimensions import dimensions_on
from services.status.domain.membership import entries
from services.status.domain.monthly import member_on
from services.status.domain.need import Contact
from services.status.domain.outcome import Saying
from services.status.domain.participation import Activity, does_on
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
    evidence = [piece for piece in standing(story.case()) if isinstance(piece, Evidence)]
    guidance = control.guidance(campaign)
    spells = Activity.of(evidence, control.rules).spells(guidance.start_tolerance)
    membership = Membership.of(story.case(), campaign, control, None)
    saying = Saying.of(evidence, campaign, spells, membership, control.rules)
    contact = Contact(
        campaign, guidance, control, decided.membership, membership, decided.outcome, saying, decided.participation,
        spells, Bars.of(evidence),
    )  # fmt: skip
    for day in DAYS:
        member = membership.member_on(day)
        assert decided.membership.on(day) == member, day
        assert decided.outcome.on(day) == saying.on(day, member), day
        assert decided.participation.on(day) == does_on(spells, control.rules.participation, day), day
        assert decided.need.on(day) == contact.on(day), day


def _same_in_any(story: Story, control: Control, decision: Decision) -> None:
    rows = [piece for piece in standing(story.case()) if isinstance(piece, CohortRowStated)]
    seen = entries(rows, control.frozen())
    for day in DAYS:
        assert decision.monthly.on(day) == member_on(seen, control, day), day
        assert decision.dimensions.on(day) == dimensions_on(seen, control, day), day
