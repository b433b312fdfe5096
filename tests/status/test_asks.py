"""Does everyone whom a provider's due day or return may move hang on it? Status decides nobody else again."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.status.domain.control import Control, ProviderFact, ReturnKey
from services.status.domain.decide import decide
from services.status.domain.facets import asks, facets
from tests.status.builders import CAMPAIGN, COLLEGE, OTHER_SCHOOL, SCHOOL, SIXTH_FORM_COLLEGE, Story
from tests.status.stories import FIRST, SPREAD, stories

KEYS: list[ReturnKey] = [
    (provider, feed, CAMPAIGN)
    for provider in (SCHOOL, OTHER_SCHOOL, SIXTH_FORM_COLLEGE, COLLEGE, "~brumble")
    for feed in ("offers", "enrolments")
]
DAYS = st.sampled_from([FIRST + timedelta(days=more) for more in SPREAD])


def with_fact(control: Control, key: ReturnKey, fact: ProviderFact) -> Control:
    return replace(control, providers={**control.providers, key: fact})


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories(), key=st.sampled_from(KEYS), due=st.none() | DAYS, back=st.none() | DAYS)
def test_whoever_a_providers_fact_moves_hangs_on_that_provider(
    story: Story, key: ReturnKey, due: date | None, back: date | None
) -> None:
    control, case = story.control(), story.case()
    before = decide(case, control)
    after = decide(case, with_fact(control, key, ProviderFact(due, back)))
    if facets(after) != facets(before):
        provider, feed, campaign = key
        assert (campaign, feed, provider) in {ask[:3] for ask in asks(before)}


def test_whoever_is_shielded_hangs_on_the_provider_until_the_shield_ends() -> None:
    story = Story()
    story.cohort()
    story.expects("offers", "2026-06-30")
    spans = list(asks(decide(story.case(), story.control())))
    assert (CAMPAIGN, "offers", SCHOOL, date(2026, 6, 1), date(2026, 7, 14)) in spans
