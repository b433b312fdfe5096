"""What else may be said of somebody? Any story at all, with dates and senders few enough to meet each other."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.status.builders import COLLEGE, OTHER_SCHOOL, SCHOOL, SIXTH_FORM_COLLEGE, Story

Told = tuple[str, dict[str, Any]]
FIRST = date(2026, 4, 20)
SPREAD = (0, 11, 30, 41, 42, 45, 60, 91, 132, 133, 134, 140, 147, 163, 181, 193, 195, 230, 280)
"""Days after the first: around 31 May, 31 August, 1 September, 30 September, 31 October and 1 November."""

days = st.sampled_from([(FIRST + timedelta(days=more)).isoformat() for more in SPREAD])
maybe = st.none() | days
starts = st.sampled_from(
    ["2025-09-01", "2026-01-05", "2026-07-31", "2026-08-24", "2026-09-01", "2026-09-12", "2026-11-01"]
)
schools = st.sampled_from([SCHOOL, OTHER_SCHOOL, SIXTH_FORM_COLLEGE])
providers = st.sampled_from([COLLEGE, SIXTH_FORM_COLLEGE, "~brumble"])


def _told(verb: str, **cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Told]:
    return st.tuples(st.just(verb), st.fixed_dictionaries(cells))


ACTS = st.one_of(
    _told("cohort", sent=days, school=schools | st.just("council"), year=st.sampled_from(["11", "12"]), joined=maybe,
          home=st.sampled_from(["here", "next-door", "unlisted", "here-until-July", "next-door-from-July"]),
          continuing=st.sampled_from(["Y", "N", None]), sen=st.sampled_from(["N", "E", None]),
          campaign=st.sampled_from([2026, 2026, 2026, 2027])),
    _told("cohort", sent=days, school=schools, left=maybe, leaving=st.sampled_from(["T", "D", "M", "L", "A"])),
    _told("cohort", sent=days, school=schools, left=days),
    _told("offer", status=st.sampled_from(["made", "accepted", "declined", "withdrawn", "none"]), sent=days, by=schools,
          on=maybe, at=providers, type=st.sampled_from(["education", "employment"])),
    _told("code", code=st.sampled_from(["110", "120", "140", "159"]), sent=days, by=schools, on=maybe),
    _told("code_and_none", code=st.sampled_from(["120", "159"]), sent=days, by=schools, on=maybe),
    _told("enrolment", status=st.sampled_from(["enrolled", "expected", "did-not-start", "left"]), sent=days,
          starts=starts, at=st.sampled_from([COLLEGE, SIXTH_FORM_COLLEGE, SCHOOL]), ends=maybe, until=maybe,
          code=st.sampled_from([230, 310, 410])),
    _told("activity", code=st.sampled_from([619, 640, 330, 260, 710, 820, 530]), sent=days, starts=starts,
          by=st.sampled_from(["adviser", "partner", "self"]), at=st.sampled_from(["", "~brumble", COLLEGE]), ends=maybe,
          verified=maybe, review=maybe),
    _told("refused", sent=days, until=maybe),
    _told("answered", sent=days),
    _told("freeze", sent=st.just("2026-06-01")),
    _told("exception", op=st.sampled_from(["add", "remove"]), sent=days),
    _told("expects", feed=st.sampled_from(["offers", "enrolments"]), due=days, of=schools | providers, sent=days),
    _told("returns", feed=st.sampled_from(["offers", "enrolments"]), by=schools | providers, sent=days),
)  # fmt: skip


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Acts in the order of their days, of which some are taken back; there is one freeze at most."""
    told = sorted(draw(st.lists(ACTS, min_size=1, max_size=12)), key=lambda act: act[1]["sent"])
    story, frozen = Story(), False
    for verb, cells in told:
        if verb != "freeze" or not frozen:
            getattr(story, verb)(**cells)
        frozen = frozen or verb == "freeze"
    for number in draw(st.sets(st.integers(0, len(story.acts) - 1), max_size=2)):
        story.withdraw(number, told[-1][1]["sent"])
    return story
